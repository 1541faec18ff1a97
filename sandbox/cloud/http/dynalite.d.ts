declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** An in-process DynamoDB over LevelDB; without `path` it lives in memory. */
  export default function dynalite(options: {
    path?: string
    createTableMs: number
    deleteTableMs: number
    updateTableMs: number
  }): Server
}
