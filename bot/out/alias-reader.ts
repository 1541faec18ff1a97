import type { Log } from '../../common/logger.ts'
import { describeError } from '../../common/logger.ts'
import type { Names } from '../../common/names.ts'
import type { AliasReader } from '../in/slack-submissions.ts'
import type { Functions } from './aws-functions.ts'

/**
 * The one thing the Slack door reads from AWS: where an alias points at the moment of the click. It
 * only makes a refusal quicker, so failing to read it is no failure; the worker looks again.
 */
export const createAliasReader = (functions: Functions, names: Names, log: Log): AliasReader => ({
  read: async (role) => {
    try {
      return await functions.alias(names.functions[role])
    } catch (error) {
      log.warn('the alias could not be read at the click', { role, error: describeError(error) })
      return undefined
    }
  },
})
