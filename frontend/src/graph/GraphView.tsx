import '@xyflow/react/dist/base.css'
import {
  Background,
  BaseEdge,
  Controls,
  EdgeLabelRenderer,
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Connection,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react'
import { createContext, useContext, useEffect, useMemo } from 'react'
import type { GraphProps } from './props'
import { draw, type Drawn } from './layout'
import { pathOf, type Line } from './lines'
import type { State } from './model'
import { StateFace } from './StateFace'
import './graph-view.css'

type Shown = Omit<GraphProps, 'machine' | 'narrow'>
const Context = createContext<Shown>({ label: '' })

type StateData = { state: State; isStart: boolean }
type StateNodeType = Node<StateData, 'state'>
type FrameNodeType = Node<{ name: string }, 'frame'>

function StateNode({ data: { state, isStart } }: NodeProps<StateNodeType>) {
  const { chosen, onPick, onConnect, progress, wrong } = useContext(Context)
  const isEnd = state.kind === 'succeed' || state.kind === 'fail'
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={!!onConnect} />
      <StateFace
        state={state}
        isStart={isStart}
        isChosen={chosen === state.id}
        progress={progress?.get(state.id)}
        wrong={wrong?.get(state.id) ?? 0}
        onPick={onPick}
      />
      {!isEnd && <Handle type="source" position={Position.Bottom} isConnectable={!!onConnect} />}
    </>
  )
}

const FrameNode = ({ data }: NodeProps<FrameNodeType>) => <span className="frame-name">{data.name}</span>
const types = { state: StateNode, frame: FrameNode }

type LineEdgeType = Edge<{ line: Line }, 'line'>

function LineEdge({ data, style, markerEnd }: EdgeProps<LineEdgeType>) {
  const { lead, curves, label } = data!.line
  return (
    <>
      <BaseEdge path={pathOf(curves)} {...(style ? { style } : {})} {...(markerEnd ? { markerEnd } : {})} />
      {label && (
        <EdgeLabelRenderer>
          <span
            className={`lead-label ${lead.kind}`}
            title={label.whole}
            style={{
              inlineSize: label.width,
              blockSize: label.height,
              transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)`,
            }}
          >
            {label.text}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  )
}
const lineTypes = { line: LineEdge }

function nodesOf(drawn: Drawn, start: string): Node[] {
  // What stands in another comes after it.
  const all: Node[] = [
    ...drawn.frames.map(({ id, name, x, y, width, height, in: around }) => ({
      id,
      type: 'frame',
      data: { name },
      position: { x, y },
      width,
      height,
      parentId: around,
    })),
    ...drawn.states.map(({ state, x, y, width, height, in: around }) => ({
      id: state.id,
      type: 'state',
      data: { state, isStart: state.id === start },
      position: { x, y },
      width,
      height,
      // Nothing can be dragged or selected, and yet the button in it is there to be pressed.
      style: { pointerEvents: 'all' as const },
      className: state.inner.length > 0 ? 'holds' : '',
      ...(around ? { parentId: around } : {}),
    })),
  ]
  return all.toSorted((a, b) => depthOf(a.id) - depthOf(b.id) || (a.type === 'frame' ? 1 : -1))
}

/** In how many others it stands. */
const depthOf = (id: string) => (id.match(/[/#]/g) ?? []).length

const colour = {
  next: 'var(--ink-3)',
  choice: 'var(--sea)',
  otherwise: 'var(--sea)',
  rejected: 'var(--brass)',
  catch: 'var(--failed)',
}

const edgesOf = (drawn: Drawn): Edge[] =>
  drawn.lines.map((line, index) => ({
    id: `${index}-${line.lead.from}-${line.lead.to}`,
    source: line.lead.from,
    target: line.lead.to,
    type: 'line',
    data: { line },
    className: `lead ${line.lead.kind}`,
    style: { stroke: colour[line.lead.kind] },
    markerEnd: { type: MarkerType.ArrowClosed, color: colour[line.lead.kind] },
    zIndex: depthOf(line.lead.from) + 1,
  }))

/** The drawing itself; as it is heavy, it is loaded when it is needed. */
export function GraphView({ machine, ...shown }: GraphProps) {
  const drawn = useMemo(() => draw(machine), [machine])
  const nodes = useMemo(() => nodesOf(drawn, machine.start), [drawn, machine.start])
  const edges = useMemo(() => edgesOf(drawn), [drawn])
  return (
    <Context value={shown}>
      <ReactFlowProvider>
        <Drawing nodes={nodes} edges={edges} {...shown} />
      </ReactFlowProvider>
    </Context>
  )
}

function Drawing({ nodes, edges, label, chosen, onConnect }: Shown & { nodes: Node[]; edges: Edge[] }) {
  const flow = useReactFlow()
  const shape = nodes.map(({ id }) => id).join()
  useEffect(() => {
    if (shape) requestAnimationFrame(() => void flow.fitView({ padding: 0.12, maxZoom: 1 }))
  }, [flow, shape])
  useEffect(() => {
    if (chosen)
      void flow.fitView({ nodes: [{ id: chosen }], maxZoom: Math.max(0.6, flow.getZoom()), minZoom: 0.6, padding: 1 })
  }, [flow, chosen])
  return (
    <div className="graph" role="group" aria-label={label}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={types}
        edgeTypes={lineTypes}
        nodesDraggable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        nodesConnectable={!!onConnect}
        onConnect={({ source, target }: Connection) => onConnect?.(source, target)}
        zoomOnScroll={false}
        panOnScroll
        preventScrolling={false}
        minZoom={0.15}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1 }}
        proOptions={{ hideAttribution: true }}
        deleteKeyCode={null}
      >
        <Background gap={20} color="var(--line)" />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}
