import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addAddress, addText, refreshCollections } from '#/api/collections'
import { inWords } from '#/api/errors'
import { Button } from '#/ui/Button'
import { Field } from '#/ui/Field'
import { Problem } from '#/ui/Problem'
import { droppedFiles } from './droppedFiles'
import { useSendFiles } from './SendFiles'
import './add-documents.css'

type Props = { collection: string; blocked: string | false }

/** Files by choosing or dropping them, an address, or a text that is pasted. */
export function AddDocuments({ collection, blocked }: Props) {
  const [address, setAddress] = useState('')
  const [depth, setDepth] = useState(0)
  const [isOver, setOver] = useState(false)
  const queries = useQueryClient()
  const add = useMutation({
    mutationFn: async (work: () => Promise<unknown>) => work(),
    meta: { shown: true },
    onSettled: () => refreshCollections(queries),
  })
  const files = useSendFiles(collection)
  const choose = (chosen: FileList | null) =>
    files.send([...(chosen ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name })))
  if (blocked) return null
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what its field and button do, by dropping and pasting
    <form
      className={isOver ? 'add-documents over' : 'add-documents'}
      aria-label="Add documents"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void droppedFiles(event.dataTransfer).then(files.send)
      }}
      onPaste={(event) => {
        const text = event.clipboardData.getData('text/plain')
        if (event.target === event.currentTarget && text) {
          add.mutate(() => addText(collection, text.trim().slice(0, 60), text))
        }
      }}
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate(async () => {
          await addAddress(collection, address.trim(), depth)
          setAddress('')
        })
      }}
    >
      {add.error && <Problem says={inWords(add.error)} />}
      <Field>
        <label htmlFor="add-files">Files: choose them, or drop them and folders here</label>
        <input
          id="add-files"
          className="input"
          type="file"
          multiple
          onChange={(event) => {
            choose(event.target.files)
            event.target.value = ''
          }}
        />
      </Field>
      <Field>
        <label htmlFor="add-folder">Folder</label>
        <input
          id="add-folder"
          className="input"
          type="file"
          {...{ webkitdirectory: '' }}
          onChange={(event) => {
            choose(event.target.files)
            event.target.value = ''
          }}
        />
      </Field>
      <Field>
        <label htmlFor="add-address">Web page</label>
        <input
          id="add-address"
          className="input"
          type="url"
          value={address}
          placeholder="https://example.org/handbook"
          onChange={(event) => setAddress(event.target.value)}
        />
      </Field>
      <Field>
        <label htmlFor="add-depth">Its links</label>
        <select
          id="add-depth"
          className="input"
          value={depth}
          onChange={(event) => setDepth(Number(event.target.value))}
        >
          <option value={0}>this page only</option>
          <option value={1}>and pages it leads to</option>
          <option value={2}>and pages those lead to</option>
        </select>
      </Field>
      <Button type="submit" blocked={address.trim() ? false : 'Enter its address'}>
        Add page
      </Button>
      {add.isPending && <small role="status">Sending</small>}
      {files.says}
    </form>
  )
}
