import { Select } from '@base-ui/react/select'
import { Button } from './Button'
import { Icon } from './Icon'
import './picker.css'

export type Choice<T extends string> = { value: T; label: string; about?: string }
export type PickerProps<T extends string> = {
  label: string
  value: T
  choices: Choice<T>[]
  onPick: (value: T) => void
  disabled?: boolean
}

/** One of a few; shows what is chosen. */
export function Picker<T extends string>({ label, value, choices, onPick, disabled }: PickerProps<T>) {
  return (
    <Select.Root
      items={choices}
      value={value}
      onValueChange={(next) => next !== null && onPick(next)}
      disabled={disabled}
      modal={false}
    >
      <Select.Trigger aria-label={label} render={<Button />}>
        <Select.Value />
        <Icon name="down" />
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className="floats" sideOffset={4} alignItemWithTrigger={false}>
          <Select.Popup className="menu over">
            {choices.map((choice) => (
              <Select.Item key={choice.value} value={choice.value}>
                <span className="check">
                  <Select.ItemIndicator>
                    <Icon name="check" />
                  </Select.ItemIndicator>
                </span>
                <span className="grow">
                  <Select.ItemText>{choice.label}</Select.ItemText>
                  {choice.about && <span className="about">{choice.about}</span>}
                </span>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  )
}
