import type { ReactNode } from 'react'

/** What may be wider than the screen scrolls in a frame of its own, which the keyboard reaches. */
export const Wide = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling frame must take the focus to scroll by keyboard.
  <div className="bk-wide" role="group" aria-label={label} tabIndex={0}>
    {children}
  </div>
)
