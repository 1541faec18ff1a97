import { describe, expect, it } from 'vitest'
import { addressOf, placeOf } from '../../sandbox/page/client/place.ts'
import { forward, unreadIn, unreadReplies } from '../../sandbox/page/client/unread.ts'
import { inChannel, repliesTo, updated, type World } from '../../sandbox/page/client/world.ts'
import type { SeenMessage } from '../../sandbox/page/protocol.ts'
import { aWorld, said } from './worlds.ts'

const alerts = 'C0ALERTS001'
const withMessages = (...messages: SeenMessage[]): World => aWorld({ messages })
const hearing = (world: World, message: SeenMessage): World => {
  const next = updated(world, { is: 'message', message })
  if (!next) throw new Error('The world is gone')
  return next
}
const texts = (messages: readonly SeenMessage[]) => messages.map(({ text }) => text)

describe('the world of a page', () => {
  it('begins with the whole, and takes nothing before it', () => {
    expect(updated(undefined, { is: 'message', message: said('1.000001', 'early') })).toBeUndefined()
    expect(updated(undefined, { is: 'whole', whole: aWorld() })).toEqual(aWorld())
  })

  it('puts an edited message in the place of the old one', () => {
    const world = withMessages(said('1.000001', 'open'), said('2.000001', 'later'))
    expect(texts(hearing(world, said('1.000001', 'resolved')).messages)).toEqual(['resolved', 'later'])
  })

  it('keeps messages in the order of their ts, whatever order they come in', () => {
    const world = withMessages(said('1.000001', 'first'), said('3.000001', 'third'))
    expect(texts(hearing(world, said('2.000001', 'second')).messages)).toEqual(['first', 'second', 'third'])
  })

  it('makes a message the first of a thread when its first reply comes', () => {
    const world = hearing(withMessages(said('1.000001', 'root')), said('2.000001', 'reply', { thread_ts: '1.000001' }))
    expect(world.messages[0]).toMatchObject({ text: 'root', thread_ts: '1.000001' })
    expect(texts(inChannel(world, alerts))).toEqual(['root'])
    expect(texts(repliesTo(world, alerts, '1.000001'))).toEqual(['reply'])
  })

  it('shows a reply that was sent to the channel too in both places', () => {
    const reply = said('2.000001', 'reply', { thread_ts: '1.000001', broadcast: true })
    const world = withMessages(said('1.000001', 'root', { thread_ts: '1.000001' }), reply)
    expect(texts(inChannel(world, alerts))).toEqual(['root', 'reply'])
    expect(texts(repliesTo(world, alerts, '1.000001'))).toEqual(['reply'])
  })

  it('forgets a message that is gone, and no other', () => {
    const world = withMessages(said('1.000001', 'whisper', { onlyYou: true }), said('2.000001', 'stays'))
    const next = updated(world, { is: 'message-gone', channel: alerts, ts: '1.000001' })
    expect(texts(next?.messages ?? [])).toEqual(['stays'])
  })

  it('takes each line of the journal once and keeps the newest', () => {
    const line = (n: number) => ({ n, at: '2026-11-24T03:00:00.000Z', kind: 'slack' as const, text: `line ${n}` })
    const world = aWorld({ journal: [line(1), line(2)] })
    const once = updated(world, { is: 'journal', entries: [line(2), line(3)] })
    expect(once?.journal.map(({ n }) => n)).toEqual([1, 2, 3])
    const many = updated(world, { is: 'journal', entries: Array.from({ length: 500 }, (_, index) => line(index + 3)) })
    expect(many?.journal.length).toBe(400)
    expect(many?.journal.at(-1)?.n).toBe(502)
  })
})

describe('what is unread', () => {
  const unread = (world: World, marks = {}) => unreadIn(world, alerts, marks)

  it.each([
    ['a message of the bot', said('2.000001', 'broken'), { messages: 1, calls: 0 }],
    ['a message that calls me', said('2.000001', '<@U0AIKO00001> look'), { messages: 1, calls: 1 }],
    ['a message that calls my group', said('2.000001', '<!subteam^S0ONCALL001>'), { messages: 1, calls: 1 }],
    ['a message that calls another group', said('2.000001', '<!subteam^S0MANAGER01>'), { messages: 1, calls: 0 }],
    ['what I wrote myself', said('2.000001', 'on it', { user: 'U0AIKO00001' }), { messages: 0, calls: 0 }],
    ['a thread reply', said('2.000001', 'step', { thread_ts: '1.000001' }), { messages: 0, calls: 0 }],
    ['a reply that calls me', said('2.000001', '<!here>', { thread_ts: '1.000001' }), { messages: 0, calls: 1 }],
  ])('%s', (_, message, expected) => {
    expect(unread(withMessages(message))).toEqual(expected)
  })

  it('finds a call inside of blocks', () => {
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: '<@U0AIKO00001>: yours' } }]
    expect(unread(withMessages(said('2.000001', 'API errors', { blocks })))).toEqual({ messages: 1, calls: 1 })
  })

  it('counts everything in the conversation with the bot as a call', () => {
    const message = said('2.000001', 'hello', { channel: 'D1' })
    const world = aWorld({ channels: [{ id: 'D1', name: 'Crypto Watch', isDirect: true }], messages: [message] })
    expect(unreadIn(world, 'D1', {})).toEqual({ messages: 1, calls: 1 })
  })

  it('ends at the mark; a thread has a mark of its own', () => {
    const root = said('1.000001', 'root')
    const reply = said('3.000001', '<!here>', { thread_ts: '1.000001' })
    const world = withMessages(root, reply)
    expect(unread(world, { [alerts]: '1.000001' })).toEqual({ messages: 0, calls: 1 })
    const marks = { [alerts]: '1.000001', [`${alerts}/1.000001`]: '3.000001' }
    expect(unread(world, marks)).toEqual({ messages: 0, calls: 0 })
    expect(unreadReplies([reply], '1.000001', world.me, {})).toBe(1)
    expect(unreadReplies([reply], '1.000001', world.me, marks)).toBe(0)
  })

  it('a mark never goes back', () => {
    const marks = { [alerts]: '5.000001' }
    expect(forward(marks, alerts, '4.000001')).toBe(marks)
    expect(forward(marks, alerts, '10.000001')).toEqual({ [alerts]: '10.000001' })
  })
})

describe('the address of a place', () => {
  it.each([
    ['http://localhost:3000/', { me: 'aiko', channel: undefined, thread: undefined }],
    ['http://localhost:3000/?as=dan#C0INCIDENT1', { me: 'dan', channel: 'C0INCIDENT1', thread: undefined }],
    [
      'http://localhost:3000/?as=ben#C0ALERTS001/1795474297.039000',
      { me: 'ben', channel: alerts, thread: '1795474297.039000' },
    ],
    [
      'http://localhost:3000/archives/C0ALERTS001/p1795474297039000',
      { me: 'aiko', channel: alerts, thread: '1795474297.039000' },
    ],
    [
      'http://localhost:3000/archives/C0ALERTS001/p1795474299000100?thread_ts=1795474297.039000&cid=C0ALERTS001',
      { me: 'aiko', channel: alerts, thread: '1795474297.039000' },
    ],
  ])('%s', (address, place) => {
    expect(placeOf(address, 'aiko')).toEqual(place)
  })

  it('leads back to the place', () => {
    const place = { me: 'dan', channel: alerts, thread: '1795474297.039000' }
    expect(placeOf(`http://localhost:3000${addressOf(place)}`, 'aiko')).toEqual(place)
  })
})
