declare const marque: unique symbol;

/** A value marked with what it names, so that a `CandidatureId` is never taken for a `ConventionId`. The mark exists for the compiler only. */
export type Marque<T, N extends string> = T & { readonly [marque]: N };

/** Code of a département, which is also the tenant: '62'. */
export type DepartementId = Marque<string, 'Departement'>;

export type TerritoireId = Marque<string, 'Territoire'>;
export type StructureId = Marque<string, 'Structure'>;
export type ServiceId = Marque<string, 'Service'>;
export type UtilisateurId = Marque<string, 'Utilisateur'>;
export type HabilitationId = Marque<string, 'Habilitation'>;
export type ActivationId = Marque<string, 'Activation'>;
export type ParametreId = Marque<string, 'Parametre'>;
export type AppelId = Marque<string, 'Appel'>;
export type CandidatureId = Marque<string, 'Candidature'>;
export type ConventionId = Marque<string, 'Convention'>;
export type VersementId = Marque<string, 'Versement'>;
