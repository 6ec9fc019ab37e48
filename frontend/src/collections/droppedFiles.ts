/** A file, and where it lay below what was dropped. */
export type Dropped = { file: File; path: string }

/** All files that were dropped, those in folders as well. To be called while the event lasts. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }))
  return (await Promise.all(entries.map(below))).flat()
}

/** Files that programs leave in folders, which nobody wants to look up. */
const isHidden = (name: string) => name.startsWith('.') || name === 'Thumbs.db'

async function below(entry: FileSystemEntry): Promise<Dropped[]> {
  if (isHidden(entry.name)) return []
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail))
    return [{ file, path: entry.fullPath.replace(/^\//, '') }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: Dropped[] = []
  // A reader tells a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail))
    if (!some.length) return found
    for (const one of some) found.push(...(await below(one)))
  }
}
