const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => entities[found] ?? found)

/** HTML from a template. A text is escaped; a list holds what is HTML already. */
export const html = (parts: TemplateStringsArray, ...values: readonly (string | readonly string[])[]): string =>
  parts.reduce((page, part, index) => {
    const value = values[index - 1] ?? ''
    return `${page}${typeof value === 'string' ? escaped(value) : value.join('')}${part}`
  })
