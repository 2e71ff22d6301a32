/** A validated body as the plain JSON it came as: what is recorded has no class, and no members without a value. */
export function plain<Body>(body: Body): Body {
  return JSON.parse(JSON.stringify(body)) as Body
}
