import type { Commits } from '../incident/commits.ts'
import type { Look } from './look.ts'

const isCommit = (text: string): boolean => /^[0-9a-f]{7,40}$/.test(text)

/** Where the commits of two versions can be read side by side; `text` is ready for mrkdwn. */
export function compareLink(commits: Commits | undefined, text: string, { repository }: Look): string | undefined {
  if (repository === undefined || commits === undefined) return undefined
  const { older, newer } = commits
  // A description may say anything where the commit should be, and a link may not.
  if (!isCommit(older) || !isCommit(newer)) return undefined
  // The older one comes first, whichever way the alias went: the other way round GitHub shows nothing.
  return `<https://github.com/${repository}/compare/${older}...${newer}|${text}>`
}

/** Where one commit can be read. */
export function commitLink(commit: string, { repository }: Look): string | undefined {
  if (repository === undefined || !isCommit(commit)) return undefined
  return `<https://github.com/${repository}/commit/${commit}|${commit.slice(0, 10)}>`
}
