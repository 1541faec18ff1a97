import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../infra/create-app.ts'
import { deployerStackOf, type StageName, stacksOf, stageNames } from '../../infra/stages.ts'
import { sampleStages } from './sample-stages.ts'
import { type Resource, readTemplate, type Template, withParameters } from './template.ts'

/** Where the templates of the tests are said to stand. */
export const place = { partition: 'aws', region: 'ap-northeast-1', account: '123456789012' }

async function synthesise() {
  const outdir = mkdtempSync(join(tmpdir(), 'crypto-watch-synth-'))
  const { bundles } = await createApp({ outdir, stages: sampleStages })
  const read = (stack: string): Template =>
    readTemplate(JSON.parse(readFileSync(join(outdir, `${stack}.template.json`), 'utf8')), place)
  const allStacksOf = (stage: StageName) => [...stacksOf(stage), deployerStackOf(stage)]
  const stages = Object.fromEntries(stageNames.map((stage) => [stage, withParameters(allStacksOf(stage).map(read))]))
  return {
    outdir,
    bundles,
    texts: stageNames.flatMap(allStacksOf).map((stack) => readFileSync(join(outdir, `${stack}.template.json`), 'utf8')),
    /** Every resource of a stage, whatever its stack, with references filled in. */
    resources: (stage: StageName, type?: string): Resource[] =>
      (stages[stage] ?? []).flatMap(({ resources }) =>
        resources.filter((resource) => type === undefined || resource.type === type),
      ),
    outputs: (stage: StageName): Record<string, unknown> =>
      Object.assign({}, ...(stages[stage] ?? []).map(({ outputs }) => outputs)),
  }
}

let once: ReturnType<typeof synthesise> | undefined

/** The templates as `npm run synth` makes them, made once for all tests that share a worker. */
export function synthesised(): ReturnType<typeof synthesise> {
  once ??= synthesise()
  return once
}

export type Synthesised = Awaited<ReturnType<typeof synthesised>>
