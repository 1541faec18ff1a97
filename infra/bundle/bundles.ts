import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every Lambda that is deployed, with the file that its bundle begins at. */
export const entries = {
  api: 'api/lambda.ts',
  updater: 'updater/lambda.ts',
  beforeTraffic: 'infra/before-traffic/lambda.ts',
  alarms: 'bot/lambda/alarms.ts',
  slack: 'bot/lambda/slack.ts',
  sweep: 'bot/lambda/sweep.ts',
  sender: 'bot/lambda/sender.ts',
  evidence: 'bot/lambda/evidence.ts',
  worker: 'bot/lambda/worker.ts',
  remedy: 'bot/lambda/remedy.ts',
  mailer: 'bot/lambda/mailer.ts',
} as const

export type Deployed = keyof typeof entries
export const deployed = Object.keys(entries) as Deployed[]

/** One bundle: a folder with `index.mjs` and its source map, and what went into it. */
export interface Bundle {
  folder: string
  bytes: number
  /** Bytes by npm package, largest first; our own code is `crypto-watch`. */
  parts: readonly (readonly [name: string, bytes: number])[]
}
export type Bundles = Readonly<Record<Deployed, Bundle>>

/**
 * What Bolt imports for ways of listening that a Lambda does not have: web servers, sockets, installing by OAuth.
 * They would be two thirds of the Slack door.
 */
const leftOut = ['express', 'raw-body', '@slack/socket-mode', '@slack/oauth']

/** Bundles every Lambda at once into `folder`, as ES modules for Node.js 24 with source maps. */
export async function buildBundles(folder: string): Promise<Bundles> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(deployed.map((name) => [`${name}/index`, entries[name]])),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    // Japanese escaped would be twice as long as it is.
    charset: 'utf8',
    // Names of errors and functions are read in logs.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    alias: Object.fromEntries(leftOut.map((name) => [name, './infra/bundle/left-out.cjs'])),
    // Packages in the old module format call `require`, which an ES module does not have by itself.
    banner: { js: "import{createRequire as __requireOf}from'node:module';const require=__requireOf(import.meta.url);" },
    logLevel: 'warning',
  })
  const made = Object.entries(metafile.outputs)
  return Object.fromEntries(
    deployed.map((name): [Deployed, Bundle] => {
      const [, output] = made.find(([path]) => path.endsWith(`/${name}/index.mjs`)) ?? []
      if (output === undefined) throw new Error(`esbuild made no bundle of ${name}.`)
      const bytes = new Map<string, number>()
      for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
        const owner = packageOf(path)
        bytes.set(owner, (bytes.get(owner) ?? 0) + bytesInOutput)
      }
      const parts = [...bytes].toSorted(([, a], [, b]) => b - a)
      return [name, { folder: join(folder, name), bytes: output.bytes, parts }]
    }),
  ) as Record<string, Bundle> as Bundles
}

const packageOf = (path: string): string =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1] ?? 'crypto-watch'
