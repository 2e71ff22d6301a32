/** Drawing a body. This is the part of the console that needs three.js, and it is loaded when a body is looked at. */
import {
  AmbientLight,
  AnimationMixer,
  Box3,
  CanvasTexture,
  Color,
  DirectionalLight,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
  PerspectiveCamera,
  Scene,
  Sphere,
  Sprite,
  SpriteMaterial,
  TextureLoader,
  Timer,
  Vector3,
  WebGLRenderer,
} from 'three'
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js'

export interface BodyScene {
  /** Radians about the upright axis and above the horizon. */
  turn(around: number, up: number): void
  /** Above 1 moves away. */
  zoom(factor: number): void
  reset(): void
  play(on: boolean): void
  /** Lets one AHA segment stand out; null for none. */
  highlight(segment: number | null): void
  dispose(): void
}

const START = { around: 0.55, up: 0.35 }
/** Degrees, from the lower to the upper edge of the picture. */
const FIELD_OF_VIEW = 35
/** Room left around the body. */
const MARGIN = 1.15
const STEEPEST = 1.5
const BACKGROUND = 0xf6f7f9
const HIGHLIGHT = new Color(0x666600)
const NONE = new Color(0x000000)

export interface SceneOptions {
  /** Whether it moves from the beginning. */
  playing: boolean
  /** Whether its parts are AHA segments, to be numbered and lit; a file from outside may only say so. */
  segmented: boolean
}

/** @throws Error where the browser has no WebGL, or the file is none that can be drawn */
export async function openScene(
  canvas: HTMLCanvasElement,
  glb: ArrayBuffer,
  { playing, segmented }: SceneOptions,
): Promise<BodyScene> {
  const { scene: body, animations } = await loader().parseAsync(glb, '')
  const renderer = new WebGLRenderer({ canvas, antialias: true })
  const scene = new Scene()
  scene.background = new Color(BACKGROUND)
  const sun = new DirectionalLight(0xffffff, 2)
  scene.add(body, new AmbientLight(0xffffff, 1.3), sun)
  const box = new Box3().setFromObject(body)
  const { center, radius } = box.getBoundingSphere(new Sphere())
  const start = { ...START, distance: fittingDistance(box.getSize(new Vector3())) / radius }
  const segments = segmented ? labelledSegments(body, scene) : new Map<number, MeshStandardMaterial>()
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, radius / 50, radius * 50)
  const mixer = new AnimationMixer(body)
  for (const clip of animations) mixer.clipAction(clip).play()

  const view = { ...start }
  const timer = new Timer()
  let moving = playing
  let frame = 0

  const draw = () => {
    const level = Math.cos(view.up) * view.distance * radius
    camera.position.set(
      center.x + Math.sin(view.around) * level,
      center.y + Math.sin(view.up) * view.distance * radius,
      center.z + Math.cos(view.around) * level,
    )
    camera.lookAt(center)
    sun.position.copy(camera.position)
    renderer.render(scene, camera)
  }
  const next = () => {
    timer.update()
    mixer.update(timer.getDelta())
    draw()
    if (moving) frame = requestAnimationFrame(next)
  }
  const resize = new ResizeObserver(() => {
    const { clientWidth, clientHeight } = canvas
    if (clientWidth === 0) return
    renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2))
    renderer.setSize(clientWidth, clientHeight, false)
    camera.aspect = clientWidth / clientHeight
    camera.updateProjectionMatrix()
    draw()
  })
  resize.observe(canvas)
  next()

  return {
    turn(around, up) {
      view.around += around
      view.up = Math.max(-STEEPEST, Math.min(STEEPEST, view.up + up))
      draw()
    },
    zoom(factor) {
      view.distance = Math.max(1.2, Math.min(8, view.distance * factor))
      draw()
    },
    reset() {
      Object.assign(view, start)
      draw()
    },
    play(on) {
      if (on === moving) return
      moving = on
      timer.update()
      cancelAnimationFrame(frame)
      if (on) next()
    },
    highlight(chosen) {
      for (const [segment, material] of segments)
        material.emissive.copy(chosen !== null && chosen === segment ? HIGHLIGHT : NONE)
      draw()
    },
    dispose() {
      moving = false
      cancelAnimationFrame(frame)
      resize.disconnect()
      scene.traverse(release)
      renderer.dispose()
    },
  }
}

/** Pictures in a file come as elements and not by requests, which the content security policy refuses. */
function loader(): GLTFLoader {
  return new GLTFLoader().register((parser) => {
    parser.textureLoader = new TextureLoader()
    return { name: 'pictures as elements' }
  })
}

/** Gives back what a part holds in the memory of the graphics card. */
function release(part: Object3D): void {
  if (!(part instanceof Mesh || part instanceof Sprite)) return
  part.geometry.dispose()
  for (const material of [part.material].flat()) {
    material.map?.dispose()
    material.dispose()
  }
}

/** How far away the whole of a box is seen. */
function fittingDistance({ x, y, z }: Vector3): number {
  return (MARGIN * Math.max(x, y)) / 2 / Math.tan((FIELD_OF_VIEW * Math.PI) / 360) + z / 2
}

/** Puts its number beside each segment. @returns the materials by segment */
function labelledSegments(body: Object3D, scene: Scene): Map<number, MeshStandardMaterial> {
  const materials = new Map<number, MeshStandardMaterial>()
  body.updateMatrixWorld(true)
  body.traverse((part) => {
    const segment: unknown = part instanceof Mesh ? part.geometry.userData.segment : undefined
    if (!(part instanceof Mesh) || typeof segment !== 'number') return
    if (part.material instanceof MeshStandardMaterial) materials.set(segment, part.material)
    const middle = new Box3().setFromObject(part.parent ?? part).getCenter(new Vector3())
    const place = outerCentre(part)
    scene.add(label(String(segment), place.add(place.clone().sub(middle).multiplyScalar(0.1)), part))
  })
  return materials
}

/** The middle of a segment's outer face: of its corners whose normals point away from the long axis, z in its own frame. */
function outerCentre(part: Mesh): Vector3 {
  const { position, normal } = part.geometry.attributes
  const index = part.geometry.index
  const sum = new Vector3()
  let count = 0
  const [point, direction] = [new Vector3(), new Vector3()]
  for (let corner = 0; index && position && normal && corner < index.count; corner++) {
    const vertex = index.getX(corner)
    point.fromBufferAttribute(position, vertex)
    direction.fromBufferAttribute(normal, vertex)
    if (point.x * direction.x + point.y * direction.y <= 0) continue
    sum.add(point)
    count++
  }
  return part.localToWorld(sum.divideScalar(Math.max(count, 1)))
}

function label(text: string, place: Vector3, part: Mesh): Sprite {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 96
  const context = canvas.getContext('2d')!
  context.font = 'bold 56px system-ui, sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineWidth = 10
  context.strokeStyle = '#ffffff'
  context.strokeText(text, 48, 50)
  context.fillStyle = '#111827'
  context.fillText(text, 48, 50)
  const sprite = new Sprite(new SpriteMaterial({ map: new CanvasTexture(canvas) }))
  const size = new Box3().setFromObject(part).getSize(new Vector3()).length()
  sprite.scale.setScalar(size / 13)
  sprite.position.copy(place)
  return sprite
}
