import { sampleKey } from '../../sandbox/cloud/gateway/api-keys.ts'
import { incidentsChannel, type Story } from './story.ts'

export const manager = 'U0DAN000001'

/** What a manager and a customer do in a story. */
export function maintenanceIn(story: Story) {
  const { prices } = story.addresses
  /** The newest message to managers. */
  const pageTs = (): string => {
    const pages = story.slack.workspace.messages(incidentsChannel)
    const ts = pages.filter((message) => JSON.stringify(message).includes('incident.manager.')).at(-1)?.ts
    if (!ts) throw new Error('managers were not asked')
    return ts
  }
  const pressOnPage = async (user: string, button: string) => {
    const answer = await story.http('/slack/click', { user, channel: incidentsChannel, ts: pageTs(), button })
    await story.quiet()
    return answer
  }
  const status = async (headers: Record<string, string> = {}) => {
    const answer = await fetch(`${prices}/status`, { headers: { accept: 'application/json', ...headers } })
    return (await answer.json()) as Record<string, unknown> & { incidents: Record<string, unknown>[] }
  }
  return {
    pressOnPage,
    /** Somebody asks for developers, then for managers. */
    goesToManagers: async (service: string) => {
      for (const reason of ['I need help', 'We cannot mend it soon']) {
        await story.press('aiko', service, 'Escalate')
        await story.submit('aiko', { reason })
      }
    },
    approves: async (lasts = '1 hour') => {
      await pressOnPage('dan', 'Approve maintenance mode')
      return story.submit('dan', { minutes: lasts })
    },
    lifts: async (user: string, service: string) => {
      await story.press(user, service, 'Lift maintenance mode')
      return story.submit(user)
    },
    asks: (path = '/v1/prices/bitcoin') => fetch(`${prices}${path}`, { headers: { 'x-api-key': sampleKey } }),
    status,
    statusPage: async (language: 'en' | 'ja') =>
      (await fetch(`${prices}/status`, { headers: { accept: 'text/html', 'accept-language': language } })).text(),
    /** Submits the modal that a person has open once more, as Slack may. */
    confirmsAgain: (user: string) =>
      story.signed('/slack/events', {
        type: 'view_submission',
        user: { id: user },
        team: { id: 'T0CRYPTOW01', domain: 'crypto-watch' },
        api_app_id: 'A0CRYPTOW01',
        view: story.slack.view(user),
      }),
  }
}
