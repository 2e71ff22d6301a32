/** One subject: which of these are needed depends on the method. */
export interface Subject {
  /** 1 treated, 0 control. */
  readonly trt?: number
  /** A baseline covariate, as the frozen prognostic score; in survival data the group. */
  readonly x?: number | string
  /** Continuous outcome. */
  readonly y?: number
  /** Binary outcome. */
  readonly yb?: number
  /** Follow-up, and 1 for an event at its end. */
  readonly time?: number
  readonly status?: number
}

/** Analyses a method text can ask for. */
export interface Analyses {
  readonly continuous: boolean
  readonly binary: boolean
  readonly logRank: boolean
  readonly hazardRatio: boolean
}

/** Reads a method such as "lm y~trt ; lm y~trt+x", "glm yb~trt+x, g-computation", "log-rank" or "cox". */
export function readMethod(method: string): Analyses {
  const text = method.toLowerCase()
  return {
    continuous: /(?:^|[^g])lm\b|ancova|linear/u.test(text),
    binary: /\bglm\b|g-?comp|logistic|binomial|binary/u.test(text),
    logRank: /log-?rank|survdiff/u.test(text),
    hazardRatio: /cox|hazard/u.test(text),
  }
}

/** The groups of survival data in the order in which they first occur: `x`, or `trt` without one. */
export function groupsOf(data: readonly Subject[]): (string | number)[] {
  return [...new Set(data.map(groupOf))]
}

/** The group of one subject of survival data. */
export function groupOf({ x, trt }: Subject): string | number {
  return (x ?? trt) as string | number
}
