import type { Log } from '../../common/logger.ts'

export interface Line {
  level: 'debug' | 'info' | 'warn' | 'error'
  message: string
  details: object
}

/** Keeps what was logged, so that a test can read it; prints nothing. */
export function createQuietLog(): Log & { lines: Line[] } {
  const lines: Line[] = []
  const keep =
    (level: Line['level']) =>
    (message: string, details: object = {}) => {
      lines.push({ level, message, details })
    }
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') }
}
