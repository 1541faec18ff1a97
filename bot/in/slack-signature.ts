import { createHmac, timingSafeEqual } from 'node:crypto'

/** Slack's own limit for the age of a request; a clock that runs ahead is as suspect as a replay. */
const mostSkewSeconds = 300

export type SignatureCheck = 'good' | 'unsigned' | 'bad-signature' | 'too-old' | 'too-new'

/** Checks that Slack signed exactly this body, at about this time (`now` in milliseconds). */
export function checkSignature(
  request: { body: string; signature: string | undefined; timestamp: string | undefined },
  signingSecret: string,
  now: number,
): SignatureCheck {
  if (signingSecret === '') throw new Error('An empty signing secret would accept every request')
  const { body, signature, timestamp } = request
  if (!signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  const expected = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const [given, wanted] = [Buffer.from(signature), Buffer.from(expected)]
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'bad-signature'
  // Slack signs whole seconds, so whole seconds are compared.
  const age = Math.floor(now / 1000) - Number(timestamp)
  if (age > mostSkewSeconds) return 'too-old'
  return age < -mostSkewSeconds ? 'too-new' : 'good'
}
