import type { Line } from './connection.ts'

/** Before the first word from the sandbox. */
export const Opening = ({ line }: { line: Line }) => (
  <main className="opening" role="status">
    <img src="/icon.svg" width="48" height="48" alt="" />
    <p>{line === 'lost' ? 'The sandbox does not answer. Is npm start still running?' : 'Opening the workspace …'}</p>
  </main>
)
