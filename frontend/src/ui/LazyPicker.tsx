import { lazy, Suspense, type FunctionComponent } from 'react'
import { Button } from './Button'
import { Icon } from './Icon'
import type { PickerProps } from './Picker'

const Loaded = lazy(() =>
  import('./Picker').then((module) => ({ default: module.Picker as FunctionComponent<PickerProps<string>> })),
)

/** A picker on a page that has more to load: until it is there, what is chosen stands in its place. */
export function LazyPicker<T extends string>({ onPick, ...props }: PickerProps<T>) {
  return (
    <Suspense fallback={<Standing {...props} />}>
      <Loaded {...props} onPick={(value) => onPick(value as T)} />
    </Suspense>
  )
}

const Standing = ({ label, value, choices }: Omit<PickerProps<string>, 'onPick'>) => (
  <Button aria-label={label} disabled>
    {choices.find((choice) => choice.value === value)?.label}
    <Icon name="down" />
  </Button>
)
