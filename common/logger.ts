import { Logger } from '@aws-lambda-powertools/logger'

/** What the code needs of a logger: one line per fact, details as an object. */
export interface Log {
  debug(message: string, details?: object): void
  info(message: string, details?: object): void
  warn(message: string, details?: object): void
  error(message: string, details?: object): void
}

/** Structured JSON lines on standard output, one logger per Lambda. */
export const createLog = (service: string): Log => {
  const logger = new Logger({ serviceName: service })
  return {
    debug: (message, details) => logger.debug(message, { ...details }),
    info: (message, details) => logger.info(message, { ...details }),
    warn: (message, details) => logger.warn(message, { ...details }),
    error: (message, details) => logger.error(message, { ...details }),
  }
}

/** Name and message of anything thrown, without stack or cause: safe to log and to store. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
