/** Runs that make documents ready to be found are programs of their own, and no agents that anybody defined. */
const ingestion: Record<string, string> = { document: 'Reading documents', collection: 'Building collections' }

export const programName = ({ kind, agent }: { kind: string; agent: string }) =>
  kind === 'ingestion' ? (ingestion[agent] ?? agent) : agent
