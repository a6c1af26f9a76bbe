/** What a notification may say, and what it stands for. */
export const VARIABLES_DE_NOTIFICATION = {
  dispositif: 'Nom du dispositif',
  appel: 'Nom de l’appel',
  numero: 'Numéro de la candidature',
  structure: 'Nom de la structure',
  montant: 'Montant demandé',
  motif: 'Motif de la décision',
  date: 'Jour de la décision',
} as const;
export type VariableDeNotification = keyof typeof VARIABLES_DE_NOTIFICATION;

/** The text of each outcome, with its variables in braces: `{motif}`. */
export interface ModelesDeNotification {
  readonly RETENUE: string;
  readonly REJETEE: string;
}

/** For a dispositif that declares none. */
export const MODELES_DE_NOTIFICATION: ModelesDeNotification = {
  RETENUE:
    'Le {date}, le Département a retenu la candidature {numero} de {structure} à l’appel « {appel} », au titre du dispositif ' +
    '« {dispositif} ». Montant demandé : {montant}. Motif : {motif} Le montant accordé est celui de la convention à signer.',
  REJETEE:
    'Le {date}, le Département n’a pas retenu la candidature {numero} de {structure} à l’appel « {appel} », au titre du dispositif ' +
    '« {dispositif} ». Montant demandé : {montant}. Motif : {motif}',
};

const VARIABLE = /\{([^{}]*)\}/g;

/** The variables of a template that mean nothing. */
export function variablesInconnues(modele: string): string[] {
  const citees = [...modele.matchAll(VARIABLE)].map(([, nom = '']) => nom);
  return citees.filter((nom) => !Object.hasOwn(VARIABLES_DE_NOTIFICATION, nom));
}

/** The text, each variable replaced once: what a value says in braces is left as it is. */
export function ecrireNotification(modele: string, valeurs: Readonly<Record<VariableDeNotification, string>>): string {
  return modele.replace(VARIABLE, (cite, nom: string) =>
    Object.hasOwn(valeurs, nom) ? valeurs[nom as VariableDeNotification] : cite,
  );
}
