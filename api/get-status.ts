import type { APIGatewayProxyResult } from 'aws-lambda'
import Negotiator from 'negotiator'
import { moment } from '../common/time.ts'
import type { ApiDeps } from './deps.ts'
import type { ApiRequest } from './request.ts'
import { statusOf } from './status.ts'
import { statusPage } from './status-page.ts'
import { isPassing } from './table-failure.ts'

/** `GET /status`: for anybody. A browser gets a page, everything else JSON; English, or Japanese to who prefers it. */
export async function getStatus(deps: ApiDeps, request: ApiRequest): Promise<APIGatewayProxyResult> {
  const wishes = new Negotiator({
    headers: { accept: request.header('accept'), 'accept-language': request.header('accept-language') },
  })
  const language = wishes.language(['en', 'ja']) === 'ja' ? 'ja' : 'en'
  const [incidents, newestPriceAt, maintenance] = await Promise.all([
    deps.incidents.known(),
    newestOf(deps),
    deps.maintenance.now(),
  ])
  const now = moment(deps.clock.now())
  const status = statusOf({ incidents, newestPriceAt, now, ...(maintenance && { maintenance }) }, language)
  const isPage = wishes.mediaType(['application/json', 'text/html']) === 'text/html'
  return {
    statusCode: 200,
    headers: {
      'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
      'content-language': language,
      'cache-control': 'max-age=15',
      vary: 'accept, accept-language',
      ...(isPage && { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }),
    },
    body: isPage ? statusPage(status, language) : JSON.stringify(status),
  }
}

/** The newest price of any currency; null when there is none or the table cannot be read. */
async function newestOf({ settings, snapshots, log }: ApiDeps): Promise<string | null> {
  const times = await Promise.all(
    settings.currencies.map(async (currency) => {
      try {
        return (await snapshots.of(currency)).snapshot?.updatedAt
      } catch (error) {
        if (!isPassing(error)) throw error
        log.warn('the status is told without the age of the prices', { currency })
        return undefined
      }
    }),
  )
  return (
    times
      .flatMap((time) => time ?? [])
      .sort()
      .at(-1) ?? null
  )
}
