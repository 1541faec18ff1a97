import { Hono } from 'hono'
import { z } from 'zod'
import { type FunctionRole, liveAlias } from '../common/names.ts'
import { AwsError } from './cloud/aws-error.ts'
import type { Cloud } from './cloud/cloud.ts'

const Move = z.strictObject({ version: z.string().regex(/^\d+$/, 'send {"version": "41"}') })

/** What an operator could do at the AWS console, behind the bot's back. */
export function createFunctionControl({ functions, names }: Pick<Cloud, 'functions' | 'names'>): Hono {
  const app = new Hono()
  const isRole = (role: string): role is FunctionRole => Object.hasOwn(names.functions, role)
  const nameOf = (role: string): string => {
    if (isRole(role)) return names.functions[role]
    throw new AwsError('ResourceNotFoundException', `There is no function ${role}. There are: api, updater.`, 404)
  }
  app.post('/:role/live', async (context) => {
    const name = nameOf(context.req.param('role'))
    const { version } = Move.parse(await context.req.json())
    functions.version(name, version)
    functions.updateAlias(name, { version, weights: {}, by: 'an operator' })
    return context.json({ ok: true, function: name, [liveAlias]: version })
  })
  app.delete('/:role/versions/:version', (context) => {
    const name = nameOf(context.req.param('role'))
    const version = context.req.param('version')
    functions.deleteVersion(name, version)
    return context.json({ ok: true, function: name, deleted: version })
  })
  app.onError((error, context) => {
    if (!(error instanceof AwsError)) throw error
    const sentence = error.message.endsWith('.') ? error.message : `${error.message}.`
    return context.json({ ok: false, error: sentence }, error.status === 404 ? 404 : 400)
  })
  return app
}
