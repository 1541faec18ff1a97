import type { Wall } from '../../common/clock.ts'
import { createReleaseDeps } from '../../infra/release/deps.ts'
import { type ReleaseOptions, releaseAll } from '../../infra/release/release-all.ts'
import type { ReleaseName } from '../../sandbox/cloud/price-service/releases.ts'
import { api, type Story } from './story.ts'

const change = { commit: '4f6c1d2', author: 'Ren Ito', subject: 'Show decimals' }

/** The release command as a developer runs it against the story's cloud; while it waits, the story goes on. */
export function releasesIn(story: Story) {
  const wall: Wall = {
    now: story.wall.now,
    pause: async (ms) => {
      await story.sandboxForward(ms / 1000)
      await story.quiet()
    },
  }
  const env = {
    AWS_ENDPOINT_URL: story.cloud.endpoint,
    AWS_ACCESS_KEY_ID: 'developer',
    AWS_SECRET_ACCESS_KEY: 'developer',
  }
  const said: string[] = []
  const deps = {
    ...createReleaseDeps(env, { clock: story.clock, wall, log: story.log }, 'prod'),
    say: (line: string) => {
      said.push(line)
    },
  }
  let builds = 0
  return {
    deps,
    /** What the command told while it ran. */
    said,
    /** The stacks are deployed with this code of the api: it is on `$LATEST`, and nobody gets it yet. */
    upload: (code: ReleaseName) => story.cloud.functions.upload(api, code, String(++builds)),
    run: (options: Partial<ReleaseOptions> = {}) => releaseAll(deps, { ...change, ...options }),
    /** The versions of the api, oldest first. */
    versions: () => story.cloud.functions.versions(api).map(({ version }) => version),
    live: () => {
      const { version, weights } = story.cloud.functions.alias(api)
      return { version, weights }
    },
  }
}
