/** Limits of a number. Each end belongs to the range unless it is marked exclusive. */
export interface NumberRange {
  readonly min?: number
  readonly max?: number
  readonly exclusiveMin?: boolean
  readonly exclusiveMax?: boolean
}

interface CommonSpecification {
  /** The name of the input, as in the vector file. */
  readonly name: string
  /** What is measured, in the field's own term. */
  readonly quantity: string
  /** Inputs are required unless this is true. A null counts as absent. */
  readonly optional?: boolean
}

/** A number in a UCUM unit (`1` when it has none). */
export interface NumberSpecification extends CommonSpecification {
  readonly kind: 'number'
  readonly unit: string
  /** Outside of it the model refuses; nothing is ever clamped to a limit. */
  readonly range?: NumberRange
  readonly integer?: boolean
}

export interface BooleanSpecification extends CommonSpecification {
  readonly kind: 'boolean'
}

/** One of a closed list of codes. */
export interface CodeSpecification extends CommonSpecification {
  readonly kind: 'code'
  readonly values: readonly (string | number | boolean)[]
}

/** A text of a given form, such as a diplotype. */
export interface TextSpecification extends CommonSpecification {
  readonly kind: 'text'
  /** A regular expression the whole text must match. */
  readonly pattern?: string
}

/** Named inputs that belong together; refusals name a member as `group.member`. */
export interface GroupSpecification extends CommonSpecification {
  readonly kind: 'group'
  readonly members: readonly InputSpecification[]
}

/** A list whose items all meet one specification; refusals name an item as `list[3]`. */
export interface ListSpecification extends CommonSpecification {
  readonly kind: 'list'
  readonly items: InputSpecification
  readonly minItems?: number
  readonly maxItems?: number
}

/** What one named input of a model must be. */
export type InputSpecification =
  | NumberSpecification
  | BooleanSpecification
  | CodeSpecification
  | TextSpecification
  | GroupSpecification
  | ListSpecification
