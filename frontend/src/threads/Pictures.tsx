import { useRef, useState } from 'react'
import { asData } from '#/api/images'
import { Button } from '#/ui/Button'
import { Icon } from '#/ui/Icon'
import { toasts } from '#/ui/toasts'
import './pictures.css'

const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const MOST = 20
/** Of all together, as data URLs: what one request may have. */
const MOST_CHARACTERS = 20 * 1024 * 1024

type Picture = { key: string; name: string; data: string }
export type PicturesToSend = ReturnType<typeof usePictures>

/** Pictures that go out with the next message. */
export function usePictures() {
  const [list, setList] = useState<Picture[]>([])
  /** True if there was one among the files. */
  const add = (files: FileList | null): boolean => {
    const all = [...(files ?? [])]
    const fits = all.filter((file) => TYPES.includes(file.type))
    if (all.length > fits.length) refuse(`Only PNG, JPEG, GIF and WebP can be attached`)
    void Promise.all(fits.map(read)).then((read) => setList((before) => within([...before, ...read])))
    return fits.length > 0
  }
  return {
    list,
    add,
    remove: (key: string) => setList((before) => before.filter((one) => one.key !== key)),
    clear: () => setList([]),
  }
}

const read = async (file: File): Promise<Picture> => ({
  key: `${file.name} ${file.size} ${Math.random()}`,
  name: file.name,
  data: await asData(file),
})

/** As many as one message may have; what is left out is said. */
function within(list: Picture[]): Picture[] {
  const kept: Picture[] = []
  let characters = 0
  for (const one of list) {
    characters += one.data.length
    if (kept.length < MOST && characters <= MOST_CHARACTERS) kept.push(one)
  }
  if (kept.length < list.length) refuse(`A message can have ${MOST} pictures, 15 MB in total`)
  return kept
}

const refuse = (title: string) => toasts.failed({ title })

export function Pictures({ of }: { of: PicturesToSend }) {
  if (of.list.length === 0) return null
  return (
    <ul className="pictures" aria-label="Attached pictures">
      {of.list.map(({ key, name, data }) => (
        <li key={key}>
          <img src={data} alt={name} />
          <Button kind="bare icon" aria-label={`Remove ${name}`} onClick={() => of.remove(key)}>
            <Icon name="close" />
          </Button>
        </li>
      ))}
    </ul>
  )
}

export function AttachPictures({ of, disabled }: { of: PicturesToSend; disabled: boolean }) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={field}
        type="file"
        className="hidden"
        tabIndex={-1}
        aria-label="Pictures to attach"
        accept={TYPES.join()}
        multiple
        onChange={(event) => {
          of.add(event.target.files)
          event.target.value = ''
        }}
      />
      <Button
        kind="icon"
        aria-label="Attach pictures"
        title="Attach pictures"
        disabled={disabled}
        onClick={() => field.current?.click()}
      >
        <Icon name="picture" />
      </Button>
    </>
  )
}
