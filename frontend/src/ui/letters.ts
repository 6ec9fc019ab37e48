import { stored } from './stored'

type Pressed = Pick<globalThis.KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>

/** Single letters as keys: never while somebody writes, and never where they are switched off (WCAG 2.1.4). */
export const letters = {
  areOn: () => stored.read('letters') !== 'off',
  turn: (on: boolean) => stored.write('letters', on ? '' : 'off'),
  /** The letter, or nothing where it is meant for something else. */
  of({
    key,
    ctrlKey,
    metaKey,
    altKey,
    target,
  }: Pressed | ({ key: string } & Omit<Pressed, 'target'> & { target: EventTarget | null })): string {
    if (ctrlKey || metaKey || altKey || key.length !== 1 || !letters.areOn()) return ''
    const inField =
      target instanceof Element &&
      target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], .code-field')
    return inField ? '' : key
  },
}
