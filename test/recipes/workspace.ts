import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { applied, type Edit, type NewFile } from './document.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const settings = ['package.json', 'tsconfig.json', 'biome.json', 'cdk.json']
const everything = ['api', 'bot', 'common', 'docs/runbook', 'infra', 'sandbox', 'updater']
/** What is enough to see where the compiler stops. */
export const botOnly = ['bot', 'common']

/** A copy of the code in a folder of its own, to try a recipe on. */
export async function createWorkspace(sources = everything) {
  const folder = await mkdtemp(join(tmpdir(), 'recipe-'))
  await Promise.all(
    [...settings, ...sources].map((name) => cp(join(root, name), join(folder, name), { recursive: true })),
  )
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const before = await textsIn(folder, sources)
  const touched = new Set<string>()

  /** What a tool said when it found fault; nothing when it did not. */
  const run = (tool: string, ...args: string[]): Promise<string> =>
    new Promise((resolve) => {
      execFile(join(root, 'node_modules', '.bin', tool), args, { cwd: folder }, (error, stdout, stderr) => {
        resolve(error ? `${stdout}${stderr}` || String(error) : '')
      })
    })

  return {
    folder,
    apply: async (edits: readonly Edit[]): Promise<void> => {
      for (const edit of edits) {
        const path = join(folder, edit.file)
        const text = edit.place === 'new file' ? `${edit.code}\n` : applied(await readFile(path, 'utf8'), edit)
        await writeFile(path, text)
        touched.add(edit.file)
      }
    },
    add: async (files: readonly NewFile[]): Promise<void> => {
      for (const { file, text } of files) {
        await writeFile(join(folder, file), text)
        touched.add(file)
      }
    },
    /** What `npm run` does for a script that is one command of Node's. */
    script: async (name: string): Promise<string> => {
      const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
      const [tool = '', ...args] = String(scripts[name]).split(' ')
      return run(tool, ...args)
    },
    /** The files that are not as they were copied, by comparing every one of them. */
    changed: async (): Promise<string[]> =>
      [...(await textsIn(folder, sources))].flatMap(([file, text]) => (before.get(file) === text ? [] : [file])).sort(),
    compile: () => run('tsc'),
    /** The linter over the files that the recipe touched. */
    lint: () => run('biome', 'check', '--vcs-enabled=false', '--error-on-warnings', ...touched),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export type Workspace = Awaited<ReturnType<typeof createWorkspace>>

/** Every file of the copied folders with its text. */
async function textsIn(folder: string, sources: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const source of sources) {
    for (const entry of await readdir(join(folder, source), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      texts.set(relative(folder, path), await readFile(path, 'utf8'))
    }
  }
  return texts
}
