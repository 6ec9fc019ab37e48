import { basePath } from './base'
import { api } from './paths'

/** Where a browser finds a picture that was shown to a run. */
export const imageAddress = (hash: string) => basePath + api.image(hash)

/** The picture as it was sent, to be sent once more. */
export async function imageAsData(hash: string): Promise<string> {
  const response = await fetch(imageAddress(hash))
  if (!response.ok) throw new Error(`The picture is gone (${response.status})`)
  return asData(await response.blob())
}

export const asData = (file: Blob) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new Error('The picture cannot be read'))
    reader.readAsDataURL(file)
  })
