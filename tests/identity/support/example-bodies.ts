/** Request bodies as the API page shows them: the examples of the OpenAPI document, put together. */
interface Schema {
  $ref?: string
  allOf?: Schema[]
  oneOf?: Schema[]
  example?: unknown
  enum?: unknown[]
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
}

export interface OpenApi {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>
  components: { schemas: Record<string, Schema> }
}

/** The example of a route's body, with what it requires and nothing else; undefined for a route without a JSON body. */
export function exampleBody(document: OpenApi, method: string, path: string): Record<string, unknown> | undefined {
  const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
  const schema = operation?.requestBody?.content['application/json']?.schema
  return schema && (exampleOf(schema, document) as Record<string, unknown>)
}

function exampleOf(schema: Schema, document: OpenApi): unknown {
  const named = schema.$ref === undefined ? undefined : document.components.schemas[schema.$ref.split('/').at(-1)!]
  if (named) return exampleOf(named, document)
  if (schema.example !== undefined) return schema.example
  if (schema.enum) return schema.enum[0]
  const [part] = schema.allOf ?? schema.oneOf ?? []
  if (part) return exampleOf(part, document)
  if (schema.items) return [exampleOf(schema.items, document)]
  if (!schema.properties) return schema.type
  const required = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name))
  return Object.fromEntries(required.map(([name, member]) => [name, exampleOf(member, document)]))
}
