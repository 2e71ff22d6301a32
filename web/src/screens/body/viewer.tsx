import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { Notice } from '../../components/notice.js'
import { openScene, type BodyScene } from './scene.js'

interface Props {
  glb: ArrayBuffer
  /** What is seen, for those who do not see it. */
  label: string
  beats?: boolean
  /** Whether it is made of AHA segments. */
  segmented?: boolean
  /** The one that stands out. */
  segment?: number | null
}

const STEP = 0.2
const PER_PIXEL = 0.008

/** What each key does; every one of them is a button too. */
const KEYS: Record<string, (scene: BodyScene) => void> = {
  ArrowLeft: (scene) => scene.turn(-STEP, 0),
  ArrowRight: (scene) => scene.turn(STEP, 0),
  ArrowUp: (scene) => scene.turn(0, STEP),
  ArrowDown: (scene) => scene.turn(0, -STEP),
  '+': (scene) => scene.zoom(0.85),
  '-': (scene) => scene.zoom(1 / 0.85),
  Home: (scene) => scene.reset(),
}
const BUTTONS = [
  ['ArrowLeft', '←', 'Turn left'],
  ['ArrowRight', '→', 'Turn right'],
  ['ArrowUp', '↑', 'From above'],
  ['ArrowDown', '↓', 'From below'],
  ['+', '+', 'Closer'],
  ['-', '−', 'Farther'],
  ['Home', '⌂', 'As at first'],
] as const

/** A body that can be turned, by hand or by keyboard, and that beats unless the person asked for less motion. */
export default function Viewer({ glb, label, beats = false, segmented = false, segment = null }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scene = useRef<BodyScene>(null)
  const [playing, setPlaying] = useState(() => beats && !matchMedia('(prefers-reduced-motion: reduce)').matches)
  const [state, setState] = useState<'opening' | 'open' | 'impossible'>('opening')
  const firstPlaying = useRef(playing)

  useEffect(() => {
    let closed = false
    openScene(canvas.current!, glb, { playing: firstPlaying.current, segmented }).then(
      (opened) => {
        if (closed) return opened.dispose()
        scene.current = opened
        setState('open')
      },
      () => !closed && setState('impossible'),
    )
    return () => {
      closed = true
      scene.current?.dispose()
      scene.current = null
    }
  }, [glb, segmented])
  useEffect(() => scene.current?.play(playing), [playing, state])
  useEffect(() => scene.current?.highlight(segment), [segment, state])

  const onKey = (event: KeyboardEvent) => {
    if (event.key === ' ' && beats) setPlaying((on) => !on)
    else if (KEYS[event.key] && scene.current) KEYS[event.key]!(scene.current)
    else return
    event.preventDefault()
  }
  const onDrag = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons !== 1) return
    event.currentTarget.setPointerCapture(event.pointerId)
    scene.current?.turn(-event.movementX * PER_PIXEL, event.movementY * PER_PIXEL)
  }

  return (
    <div className="body-viewer" data-state={state}>
      {state === 'impossible' && (
        <Notice tone="caution">This browser cannot draw in three dimensions. All figures are in the tables.</Notice>
      )}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={`${label} Arrow keys turn it, plus and minus change the distance${beats ? ', the space bar stops and starts the beat' : ''}.`}
        onKeyDown={onKey}
        onPointerMove={onDrag}
        hidden={state === 'impossible'}
      />
      {state === 'open' && (
        <div className="body-controls" role="group" aria-label="View">
          {beats && (
            <button type="button" className="button" onClick={() => setPlaying(!playing)}>
              {playing ? 'Stop the beat' : 'Let it beat'}
            </button>
          )}
          {BUTTONS.map(([key, sign, words]) => (
            <button
              key={key}
              type="button"
              className="button"
              aria-label={words}
              title={words}
              onClick={() => scene.current && KEYS[key]!(scene.current)}
            >
              {sign}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
