/** Writes surfaces as one binary glTF 2.0 file (ISO/IEC 12113:2022), the same bytes for the same surfaces. */
import {
  type Accessor,
  type Buffer as GltfBuffer,
  Document,
  type Material,
  type Mesh,
  type Node,
  NodeIO,
  type Primitive,
} from '@gltf-transform/core'
import { vertexNormals } from '../geometry/vertex-normals.js'
import { type Appearance, type Surface, type SurfacePart, trianglesOf } from '../geometry/surface.js'

/** Where a surface lies in the scene. */
export interface Pose {
  readonly translation?: readonly [number, number, number]
  /** Unit quaternion x, y, z, w. */
  readonly rotation?: readonly [number, number, number, number]
}

export class GlbScene {
  private readonly document = new Document()
  private readonly buffer: GltfBuffer
  private readonly moving: Node[] = []

  /** @param extras JSON, written into `asset.extras` */
  constructor(name: string, extras: object) {
    Object.assign(this.document.getRoot().getAsset(), { generator: 'Twin Ledger', extras })
    this.buffer = this.document.createBuffer()
    this.document.getRoot().setDefaultScene(this.document.createScene(name))
  }

  add(surface: Surface, { translation, rotation }: Pose = {}): void {
    const node = this.document.createNode(surface.name).setMesh(this.meshOf(surface))
    if (translation) node.setTranslation([...translation])
    if (rotation) node.setRotation([...rotation])
    this.document.getRoot().getDefaultScene()!.addChild(node)
    if (surface.frames.length > 1) this.moving.push(node)
  }

  /**
   * Lets everything that moves go through its frames, linearly from one to the next, and back to the first at the end.
   * @param times_s of the frames, and of the end
   */
  animate(name: string, times_s: readonly number[]): void {
    const targets = times_s.length - 2
    const weights = times_s.flatMap((_time, moment) =>
      Array.from({ length: targets }, (_, target) => (target === moment - 1 ? 1 : 0)),
    )
    const sampler = this.document
      .createAnimationSampler()
      .setInterpolation('LINEAR')
      .setInput(this.accessor('SCALAR', Float32Array.from(times_s)))
      .setOutput(this.accessor('SCALAR', Float32Array.from(weights)))
    const animation = this.document.createAnimation(name).addSampler(sampler)
    for (const node of this.moving) {
      const channel = this.document.createAnimationChannel()
      animation.addChannel(channel.setTargetNode(node).setTargetPath('weights').setSampler(sampler))
    }
  }

  write(): Promise<Uint8Array> {
    return new NodeIO().writeBinary(this.document)
  }

  private meshOf(surface: Surface): Mesh {
    const [rest, ...later] = surface.frames
    const position = this.accessor('VEC3', Float32Array.from(rest))
    const normal = this.accessor('VEC3', Float32Array.from(vertexNormals(rest, trianglesOf(surface))))
    // The shapes of a beat are nearly similar, so the normals at rest serve all of them.
    const offsets = later.map((frame) =>
      this.accessor(
        'VEC3',
        Float32Array.from(frame, (coordinate, index) => coordinate - (rest[index] as number)),
      ),
    )
    const mesh = this.document.createMesh(surface.name)
    if (later.length > 0) {
      mesh.setWeights(later.map(() => 0)).setExtras({ targetNames: later.map((_, index) => `moment ${index + 1}`) })
    }
    for (const part of surface.parts) mesh.addPrimitive(this.primitiveOf(part, position, normal, offsets))
    return mesh
  }

  private primitiveOf(
    { name, triangles, appearance, segment }: SurfacePart,
    position: Accessor,
    normal: Accessor,
    offsets: readonly Accessor[],
  ): Primitive {
    const primitive = this.document
      .createPrimitive()
      .setAttribute('POSITION', position)
      .setAttribute('NORMAL', normal)
      .setIndices(this.accessor('SCALAR', Uint16Array.from(triangles)))
      .setMaterial(this.material(name, appearance))
      .setExtras({ name, ...(segment !== undefined && { segment }) })
    for (const offset of offsets)
      primitive.addTarget(this.document.createPrimitiveTarget().setAttribute('POSITION', offset))
    return primitive
  }

  private material(name: string, { colour, opacity }: Appearance): Material {
    const material = this.document
      .createMaterial(name)
      .setBaseColorFactor([...colour, opacity])
      .setMetallicFactor(0)
      .setRoughnessFactor(0.75)
    return opacity < 1 ? material.setAlphaMode('BLEND') : material
  }

  private accessor(type: 'SCALAR' | 'VEC3', array: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>): Accessor {
    return this.document.createAccessor().setType(type).setArray(array).setBuffer(this.buffer)
  }
}
