import { versionsNamed } from '../../common/incident-versions.ts'
import type { FunctionRole } from '../../common/names.ts'
import type { Items } from '../incident-items.ts'

/** The record of incidents as the release sees it. */
export interface OpenIncidents {
  /** Versions of a function that an open incident names. Throws when one cannot be read or understood. */
  versions(role: FunctionRole): Promise<string[]>
}

/** The index holds keys and little else, so that the items are read after it. */
export const createOpenIncidents = (items: Items): OpenIncidents => ({
  versions: async (role) => {
    const found = await items.get(await items.live())
    return [...found.values()].flatMap((item) => versionsNamed(item, role))
  },
})
