declare const marque: unique symbol;

/** A value marked with what it names, so that a `CandidatureId` is never taken for a `ConventionId`. The mark exists for the compiler only. */
export type Marque<T, N extends string> = T & { readonly [marque]: N };

export type TerritoireId = Marque<string, 'Territoire'>;
export type StructureId = Marque<string, 'Structure'>;
export type ServiceId = Marque<string, 'Service'>;
export type CandidatureId = Marque<string, 'Candidature'>;
export type ConventionId = Marque<string, 'Convention'>;
