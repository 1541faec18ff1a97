import { createHash } from 'node:crypto'
import type { Clock } from '../../../common/clock.ts'
import { AwsError } from '../aws-error.ts'
import type { FunctionState } from './caller.ts'
import { healthy, type Version } from './version.ts'

const shaOf = (text: string): string => createHash('sha256').update(text).digest('base64')

/** Code that is uploaded to `$LATEST`, and versions that are published from it. */
export function createPublishing({ clock, find }: { clock: Clock; find: (name: string) => FunctionState }) {
  const newestOf = (state: FunctionState): Version | undefined => [...state.versions.values()].at(-1)

  function add(state: FunctionState, version: Omit<Version, 'version' | 'behaviour'>): Version {
    const added: Version = { ...version, version: String(state.nextVersion), behaviour: healthy }
    state.nextVersion += 1
    state.versions.set(added.version, added)
    state.latest = undefined
    state.handlers.delete('$LATEST')
    return added
  }

  return {
    /** Uploads code and publishes it as the next version in one go; answers its number. */
    publish(
      name: string,
      { description, createdAt = clock.now(), code = 'good' }: { description: string; createdAt?: Date; code?: string },
    ): string {
      const state = find(name)
      const codeSha = shaOf(`${name}:${state.nextVersion}:${description}`)
      return add(state, { description, createdAt: createdAt.toISOString(), codeSha, code }).version
    },
    /** Puts code on `$LATEST` as `cdk deploy` does. `build` tells two builds of code of the same name apart. */
    upload(name: string, code: string, build = ''): void {
      const state = find(name)
      state.latest = { code, codeSha: shaOf(`${name}:${code}:${build}`), uploadedAt: clock.now().toISOString() }
      state.handlers.delete('$LATEST')
    },
    /** `$LATEST`: what was uploaded last, or else what the newest version was made of. */
    latest(name: string): Pick<Version, 'codeSha' | 'createdAt'> {
      const state = find(name)
      const { latest } = state
      if (latest !== undefined) return { codeSha: latest.codeSha, createdAt: latest.uploadedAt }
      const newest = newestOf(state)
      if (newest === undefined)
        throw new AwsError('ResourceNotFoundException', `${name} was never published.`, 404, { Type: 'User' })
      return { codeSha: newest.codeSha, createdAt: newest.createdAt }
    },
    /** Publishes `$LATEST`. Unchanged code makes no version: the newest one is the answer, with its old description. */
    publishLatest(name: string, description: string): Version {
      const state = find(name)
      const { latest } = state
      const newest = newestOf(state)
      if (newest !== undefined && (latest === undefined || latest.codeSha === newest.codeSha)) return newest
      const { codeSha, code } = latest ?? { codeSha: shaOf(`${name}:good:`), code: 'good' }
      return add(state, { description, createdAt: clock.now().toISOString(), codeSha, code })
    },
  }
}
