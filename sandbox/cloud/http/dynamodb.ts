import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import dynalite from 'dynalite'
import { AwsError } from '../aws-error.ts'
import { type Answer, errorAnswer } from './answer.ts'

export type Headers = Readonly<Record<string, string | undefined>>

const closed = errorAnswer('dynamodb', new AwsError('InternalServerError', 'The store is closing.', 500))

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

  const underWay = new Set<Promise<Answer>>()
  let isClosing = false

  const run = (headers: Headers, body: string): Promise<Answer> =>
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
    })

  return {
    /** Runs one request that was already read, and gives back what dynalite would have sent. */
    async request(headers: Headers, body: string): Promise<Answer> {
      if (isClosing) return closed
      const answer = run(headers, body)
      underWay.add(answer)
      try {
        return await answer
      } finally {
        underWay.delete(answer)
      }
    },
    /**
     * Closes the store once nothing is under way in it: a request that finds it closed would end the process. It can
     * only be closed through a listening server, so that one listens for this moment.
     */
    async close(): Promise<void> {
      isClosing = true
      await Promise.all(underWay)
      await new Promise<void>((resolve, reject) => {
        server.listen(0, '127.0.0.1', () => {
          server.close((error) => (error ? reject(error) : resolve()))
        })
      })
    },
  }
}

export type DynamoDb = ReturnType<typeof createDynamoDb>
