/** Reading an uploaded mesh as bytes, before any other parser sees it. */
import express, { type RequestHandler } from 'express'
import { unreadableBody } from '../platform/http/body-parsing.js'
import { GLB_MEDIA_TYPE } from './glb-answer.js'

/** The addresses below which meshes are received. */
export const MESH_PATH = '/api/v1/twins'

/** Express middleware that leaves the bytes of a binary glTF file in `request.body`; other media types pass by. */
export function glbBody(maxBytes: number): RequestHandler {
  const readBytes = express.raw({ type: GLB_MEDIA_TYPE, limit: maxBytes })
  return (request, response, next) =>
    readBytes(request, response, (error?: unknown) => next(error === undefined ? undefined : unreadableBody(error)))
}
