/**
 * Injection token: the ids of the models whose inputs can be taken from a twin. The rooms above know which; the registry only
 * says so to readers.
 */
export const MODELS_ON_TWINS = Symbol('twin-ledger:models-on-twins')
