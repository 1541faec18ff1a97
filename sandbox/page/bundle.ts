import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface Bundle {
  script: string
  style: string
}

const entry = fileURLToPath(new URL('client/main.tsx', import.meta.url))

/** Gives the page, made at the first call; later calls, and those made meanwhile, get the same one. */
export function createBundle(): () => Promise<Bundle> {
  let made: Promise<Bundle> | undefined
  return () => {
    made ??= bundlePage()
    return made
  }
}

/** Script and style of the page, made from the sources in a fraction of a second and kept in memory. */
async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    outdir: 'page',
    format: 'esm',
    target: 'es2024',
    jsx: 'automatic',
    // This also tells React to leave out the half that is for its developers.
    minify: true,
    logLevel: 'silent',
  })
  const named = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return { script: named('.js'), style: named('.css') }
}
