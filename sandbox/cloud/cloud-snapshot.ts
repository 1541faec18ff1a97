import { z } from 'zod'
import { AlarmsSnapshot } from './alarms.ts'
import { DeploymentsSnapshot } from './deployments.ts'
import { FunctionsSnapshot } from './functions.ts'
import { customers, KeptKey } from './gateway/api-keys.ts'
import { MailboxSnapshot } from './mailbox.ts'
import { MetricsSnapshot } from './metrics.ts'
import { QueuesSnapshot } from './queues.ts'
import { UpstreamMode } from './upstream.ts'

/** Everything of the cloud but tables and secrets, as plain JSON. What came later has a default, so that old ones restore. */
export const CloudSnapshot = z.object({
  random: z.number(),
  requestsPerMinute: z.number(),
  leakedKeyOf: z.enum(customers).optional(),
  upstream: UpstreamMode,
  secondUpstream: UpstreamMode.default('ok'),
  withheldChange: z.array(z.string()).default([]),
  apiKeys: z.array(KeptKey).default([]),
  functions: FunctionsSnapshot,
  deployments: DeploymentsSnapshot,
  alarms: AlarmsSnapshot,
  metrics: MetricsSnapshot,
  queues: QueuesSnapshot,
  mails: MailboxSnapshot.default([]),
})
export type CloudSnapshot = z.output<typeof CloudSnapshot>
