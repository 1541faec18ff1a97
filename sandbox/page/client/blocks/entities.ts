const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** Slack escapes these three characters and no others. */
export const unescaped = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, (found) => entities[found] ?? found)
