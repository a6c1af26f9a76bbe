import { createMongoAbility, subject } from '@casl/ability';
import type { MongoAbility, RawRuleOf } from '@casl/ability';
import { Refus } from '@sillage/kernel';
import type { Acteur, ContexteActeur, Habilitation } from './acteur.js';
import { champsDesRegles } from './conditions.js';
import { PORTEE_DECLAREE } from './droits-dispositif.js';
import type { DroitDispositif } from './droits-dispositif.js';
import type { Declaration } from './roles/declaration.js';
import { FAITS_PUBLICS } from './roles/faits-publics.js';
import { DECLARATIONS } from './roles/index.js';
import { champsDuSujet } from './vocabulaire.js';
import type { Action, Sujet, SujetSocle } from './vocabulaire.js';

/**
 * The fields of a row that decide who may do what on it. Give all those that its subject carries (see `SUJETS`), `null`
 * where the row has none: a field that a rule asks for and that is missing is a mistake of the caller, not a refusal.
 */
export interface ObjetProtege {
  readonly territoireIds?: readonly string[];
  readonly structureId?: string | null;
  readonly dispositif?: string | null;
  readonly etat?: string | null;
}

export type Droits = MongoAbility<[Action, Sujet | ObjetProtege]>;

type Regle = RawRuleOf<Droits>;
type Conditions = Readonly<Record<string, { $in: readonly string[] } | { $nin: readonly string[] } | { $eq: string }>>;

/**
 * The union of what an actor's habilitations allow, plus the public facts as soon as there is one habilitation.
 * What nobody declared is denied. `droitsDispositifs` are those that the installed dispositifs add to the roles.
 */
export function construireDroits(acteur: Acteur, droitsDispositifs: readonly DroitDispositif[] = []): Droits {
  const regles = acteur.habilitations.flatMap((habilitation) => [
    ...declarationsDuRole(habilitation).flatMap((declaration) => reglesDeclarees(declaration, habilitation)),
    ...droitsDispositifs.flatMap((droit) => regleDispositif(droit, habilitation)),
  ]);
  const publiques = acteur.habilitations.length > 0 ? FAITS_PUBLICS.flatMap(reglesPubliques) : [];
  return createMongoAbility<Droits>([...publiques, ...regles]);
}

/** Whether the actor may do this on that row. @throws Error when the row lacks a field that a rule asks for. */
export function peut(contexte: ContexteActeur, action: Action, sujet: Sujet, objet: ObjetProtege): boolean {
  const champs = objet as Readonly<Record<string, unknown>>;
  for (const champ of champsDesRegles(contexte.droits, action, sujet)) {
    if (champs[champ] === undefined) {
      throw new Error(`Droit « ${action} » sur ${sujet} : le champ « ${champ} » de l’objet n’a pas été fourni.`);
    }
  }
  return contexte.droits.can(action, subject(sujet, { ...objet }));
}

/**
 * Lets through, or refuses: `INTROUVABLE` when the row cannot even be read, exactly as if it did not exist,
 * `ACTION_INTERDITE` otherwise. A row that is being created exists for nobody yet: its refusal is `ACTION_INTERDITE`.
 * `path` leads to what designates the row in the input: give the same as for a row that does not exist.
 * @throws Refus
 */
export function exigerDroit(
  contexte: ContexteActeur,
  action: Action,
  sujet: Sujet,
  objet: ObjetProtege,
  path: string[] = [],
): void {
  if (peut(contexte, action, sujet, objet)) return;
  if (action !== 'creer' && (action === 'lire' || !peut(contexte, 'lire', sujet, objet))) throw refusIntrouvable(path);
  throw Refus.de('ACTION_INTERDITE', 'Votre habilitation ne permet pas cette action sur cet objet.', {
    path,
    regle: 'TRANS-29',
  });
}

/**
 * The habilitations that, each by itself, allow this: an act done in a capacity needs one that carries both the right and the capacity.
 * Rights that a dispositif adds to a role do not count here.
 */
export function habilitationsQuiPermettent(
  contexte: ContexteActeur,
  action: Action,
  sujet: Sujet,
  objet: ObjetProtege,
): readonly Habilitation[] {
  return contexte.acteur.habilitations.filter((habilitation) => {
    const acteur = { ...contexte.acteur, habilitations: [habilitation] };
    return peut({ ...contexte, acteur, droits: construireDroits(acteur) }, action, sujet, objet);
  });
}

/** The one refusal for "does not exist" and "not for you": services use it too, so that nothing tells them apart. */
export function refusIntrouvable(path: string[] = []): Refus {
  return Refus.de('INTROUVABLE', 'Cet objet n’existe pas, ou vous n’y avez pas accès.', { path });
}

function declarationsDuRole(habilitation: Habilitation): readonly Declaration[] {
  return DECLARATIONS.find(({ role }) => role === habilitation.role)?.droits ?? [];
}

function reglesDeclarees(declaration: Declaration, habilitation: Habilitation): Regle[] {
  return declaration.sur.flatMap((sujet) => {
    const portee = conditionsDePortee(declaration.ou, habilitation);
    const dispositifs = conditionsDeDispositif(sujet, habilitation);
    if (!portee || !dispositifs) return [];
    return [regle(declaration.peut, sujet, { ...portee, ...dispositifs, ...conditionsDEtat(declaration) })];
  });
}

function reglesPubliques(declaration: Declaration): Regle[] {
  return declaration.sur.map((sujet) => regle(declaration.peut, sujet, conditionsDEtat(declaration)));
}

/** A dispositif adds rights for itself only: on the core's rows, its own; and nothing where an habilitation leaves it out. */
function regleDispositif(droit: DroitDispositif, habilitation: Habilitation): Regle[] {
  if (droit.role !== habilitation.role) return [];
  if (habilitation.dispositifs.length > 0 && !habilitation.dispositifs.includes(droit.dispositif)) return [];
  const portee = conditionsDePortee(PORTEE_DECLAREE[droit.portee], habilitation);
  if (!portee) return [];
  const lui: Conditions = champsDuSujet(droit.sujet) ? { dispositif: { $eq: droit.dispositif } } : {};
  return [regle(droit.actions, droit.sujet, { ...portee, ...lui })];
}

/** `null`: this habilitation gives nothing here. A territorial role without a territory is nowhere, not everywhere. */
function conditionsDePortee(
  portee: Declaration['ou'],
  { territoireIds, structureId }: Habilitation,
): Conditions | null {
  switch (portee) {
    case 'PARTOUT':
      return {};
    case 'MES_TERRITOIRES':
      return territoireIds.length > 0 ? { territoireIds: { $in: territoireIds } } : null;
    case 'MA_STRUCTURE':
      return structureId === null ? null : { structureId: { $eq: structureId } };
  }
}

/** An habilitation limited to some dispositifs gives nothing on rows that belong to none: it counts there only. */
function conditionsDeDispositif(sujet: SujetSocle, { dispositifs }: Habilitation): Conditions | null {
  if (dispositifs.length === 0) return {};
  return champsDuSujet(sujet)?.includes('dispositif') ? { dispositif: { $in: dispositifs } } : null;
}

function conditionsDEtat({ etats, saufEtats }: Declaration): Conditions {
  if (etats) return { etat: { $in: etats } };
  return saufEtats ? { etat: { $nin: saufEtats } } : {};
}

function regle(actions: readonly string[], sujet: Sujet, conditions: Conditions): Regle {
  const base = { action: [...actions], subject: sujet };
  return (Object.keys(conditions).length > 0 ? { ...base, conditions } : base) as Regle;
}
