import { useQuery } from '@tanstack/react-query'
import { inWords } from '#/api/errors'
import { runInStateQuery } from '#/api/runs'
import type { RunState } from '#/api/types'
import { Code } from '#/ui/Code'
import { Bones } from '#/ui/Page'
import { Problem } from '#/ui/Problem'
import { Fall } from '#/ui/Split'

/** The run as the API has it. */
export function RawJson({ run, state }: { run: string; state: RunState }) {
  const { data, error } = useQuery(runInStateQuery(run, state))
  return (
    <Fall label="Raw JSON">
      {error && <Problem says={inWords(error)} />}
      {!data && !error && <Bones />}
      {data && <Code text={JSON.stringify(data, null, 2)} label="Run as JSON" />}
    </Fall>
  )
}
