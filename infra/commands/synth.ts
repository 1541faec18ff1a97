import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { deployed } from '../bundle/bundles.ts'
import { createApp } from '../create-app.ts'
import { templatesFolder } from '../stages.ts'

// What an earlier run left is old, but for what CloudFormation answered to the last deployment.
for (const name of existsSync(templatesFolder) ? readdirSync(templatesFolder) : [])
  if (!name.startsWith('outputs-')) rmSync(join(templatesFolder, name), { recursive: true, force: true })
const { bundles, stacks } = await createApp({ outdir: templatesFolder })

const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} KB`
const largest = Math.max(...deployed.map((name) => bundles[name].bytes))
const lines = [
  'Stacks, without a finding of the AWS Solutions rules:',
  ...stacks.map(({ name, resources }) => `  ${name.padEnd(30)} ${String(resources).padStart(4)} resources`),
  'Bundles:',
  ...deployed.map((name) => {
    const { bytes, parts } = bundles[name]
    const bar = '█'.repeat(Math.max(1, Math.round((24 * bytes) / largest)))
    const most = parts.slice(0, 3).map(([part, size]) => `${part} ${kilobytes(size)}`)
    return `  ${name.padEnd(14)} ${bar.padEnd(24)} ${kilobytes(bytes).padStart(7)}  ${most.join(', ')}`
  }),
]
console.log(lines.join('\n'))
