import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import dynalite from 'dynalite'
import type { Answer } from './answer.ts'

export type Headers = Readonly<Record<string, string | undefined>>

/** DynamoDB, embedded: requests are handed over in the process, so it needs no port of its own. */
export function createDynamoDb(dataFolder: string | undefined) {
  if (dataFolder !== undefined) mkdirSync(dataFolder, { recursive: true })
  const server = dynalite({
    ...(dataFolder !== undefined && { path: join(dataFolder, 'dynamodb') }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  })
  const listeners: NodeJS.EventEmitter = server

  return {
    /** Runs one request that was already read, and gives back what dynalite would have sent. */
    request: (headers: Headers, body: string): Promise<Answer> =>
      new Promise((resolve) => {
        const collected: Record<string, string> = {}
        const request = Object.assign(Readable.from([Buffer.from(body)]), { method: 'POST', url: '/', headers })
        const response = {
          statusCode: 200,
          contentType: '',
          setHeader(name: string, value: string | number) {
            collected[name.toLowerCase()] = String(value)
          },
          end(text: string) {
            resolve({ status: response.statusCode, headers: collected, text })
          },
        }
        listeners.emit('request', request, response)
      }),
    /** Closes the store. It can only be closed through a listening server, so that one listens for this moment. */
    close: (): Promise<void> =>
      new Promise((resolve, reject) => {
        server.listen(0, '127.0.0.1', () => {
          server.close((error) => (error ? reject(error) : resolve()))
        })
      }),
  }
}

export type DynamoDb = ReturnType<typeof createDynamoDb>
