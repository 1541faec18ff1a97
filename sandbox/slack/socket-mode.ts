import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { describeError, type Log } from '../../common/logger.ts'
import type { Delivered, Parcel } from './delivery.ts'
import type { Ids } from './ids.ts'
import { app } from './people.ts'

const acknowledgement = z.looseObject({ envelope_id: z.string(), payload: z.unknown().optional() })

/** The client hangs up when it hears nothing for half a minute, so the server speaks more often. */
const pingEveryMs = 10_000

/** https://docs.slack.dev/apis/events-api/using-socket-mode: interactions over a socket the app opens itself. */
export function createSocketMode(ids: Ids, log: Log) {
  const tickets = new Set<string>()
  const sockets = new Set<WebSocket>()
  const waiting = new Map<string, (answer: Delivered) => void>()
  const server = new WebSocketServer({ noServer: true })

  const receive = (data: string) => {
    try {
      const ack = acknowledgement.parse(JSON.parse(data))
      waiting.get(ack.envelope_id)?.({ kind: 'answered', status: 200, body: ack.payload })
    } catch (error) {
      log.warn('the app sent something over its socket that is no acknowledgement', { error: describeError(error) })
    }
  }

  const welcome = (socket: WebSocket) => {
    sockets.add(socket)
    const ping = setInterval(() => socket.ping(), pingEveryMs)
    ping.unref()
    socket.on('message', (data) => receive(data.toString()))
    socket.on('error', (error) => log.warn('a socket of the app failed', { error: describeError(error) }))
    socket.on('close', () => {
      clearInterval(ping)
      sockets.delete(socket)
    })
    const info = { num_connections: sockets.size, connection_info: { app_id: app.id } }
    socket.send(JSON.stringify({ type: 'hello', ...info, debug_info: { host: 'sandbox' } }))
  }

  return {
    /** The path of a fresh socket; the ticket in it opens one. */
    issuePath(): string {
      const ticket = ids.next('', 24).toLowerCase()
      tickets.add(ticket)
      return `/link/?ticket=${ticket}&app_id=${app.id}`
    },

    /** Lets this HTTP server take sockets. Other upgrades are left to others. */
    attach(httpServer: Server): void {
      httpServer.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
        const url = new URL(request.url ?? '/', 'http://localhost')
        if (url.pathname !== '/link/') return
        if (!tickets.delete(url.searchParams.get('ticket') ?? '')) {
          stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
          return
        }
        server.handleUpgrade(request, stream, head, welcome)
      })
    },

    connected: (): boolean => sockets.size > 0,

    /** Sends one envelope over the newest socket and waits for its acknowledgement. */
    send(parcel: Parcel, limitMs: number): Promise<Delivered> {
      const socket = [...sockets].at(-1)
      if (!socket) return Promise.resolve({ kind: 'unreachable', why: 'no socket is open' })
      const envelope_id = ids.next('', 32).toLowerCase()
      const accepts_response_payload =
        parcel.kind === 'slash_commands' || (parcel.kind === 'interactive' && parcel.acceptsAnswer)
      return new Promise((resolve) => {
        const timer = setTimeout(() => finish({ kind: 'late' }), limitMs)
        const finish = (answer: Delivered) => {
          clearTimeout(timer)
          waiting.delete(envelope_id)
          resolve(answer)
        }
        waiting.set(envelope_id, finish)
        const envelope = { envelope_id, type: parcel.kind, payload: parcel.payload, accepts_response_payload }
        socket.send(JSON.stringify(envelope), (error) => {
          if (error) finish({ kind: 'unreachable', why: describeError(error) })
        })
      })
    },

    /** Ends every socket, as Slack does now and then. */
    disconnect(): void {
      for (const socket of sockets) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
        socket.close()
      }
    },

    close(): void {
      for (const socket of sockets) socket.terminate()
      sockets.clear()
      server.close()
    },
  }
}

export type SocketMode = ReturnType<typeof createSocketMode>
