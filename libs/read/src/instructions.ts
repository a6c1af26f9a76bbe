import { createHash } from 'node:crypto';
import type { Droits } from '@sillage/access';
import type { ValeurSql } from '@sillage/persistence';
import type { FieldNode, OperationDefinitionNode } from 'graphql';
import { type Compile, compiler, type EntreeCompilation } from './compilation.js';
import type { Depart } from './declaration.js';
import type { RechercheEcrite } from './filtres.js';
import { argumentsDe, type Operation, variablesDeCondition } from './selection.js';
import { estVide, type Suites } from './suite.js';

/** A statement ready to be sent, with the values of one request. */
export interface Instruction {
  readonly nom?: string;
  readonly texte: string;
  readonly valeurs: readonly ValeurSql[];
  /** One object: it reads a row or little more. */
  readonly legere: boolean;
  /** What code still does on the rows; empty when the JSON is the answer. */
  readonly suites: Suites;
  readonly complete: boolean;
  /** What must be found for there to be an answer, in the order in which the statement tells what was not. */
  readonly recherches: readonly RechercheEcrite[];
  /** Fields that name young people: see `Compile`. */
  readonly nominatifs: readonly (readonly string[])[];
}

/** Beyond these, statements are written anew each time rather than kept: no honest client has so many. */
const FORMES_MAX = 100;
const PLACES_MAX = 100;

interface Preparee extends Compile {
  readonly nom?: string;
  readonly legere: boolean;
  readonly complete: boolean;
}

interface Gardees {
  arguments: Compile['arguments'] | undefined;
  readonly parForme: Map<string, Preparee>;
}

/**
 * Statements already made, by rights of the caller, by place in an operation (which Apollo keeps as one object for one text) and
 * by shape of the request. What is kept goes away with the operation or with the rights.
 */
export class Instructions {
  readonly #gardees = new WeakMap<Droits, WeakMap<OperationDefinitionNode, Map<string, Gardees>>>();

  constructor(private readonly horloge: { maintenant(): { toString(): string } }) {}

  /** @throws Refus, GraphQLError when the arguments are wrong */
  preparer(entree: EntreeCompilation, depart: Depart, noeuds: readonly FieldNode[]): Instruction {
    const { op, contexte, marquer } = entree;
    const [noeud] = noeuds;
    if (noeud === undefined) throw new Error('Une lecture part d’un champ.');
    // What it starts from is a part of it: nothing of it serves twice.
    if (depart.genre === 'parUuid' || depart.genre === 'sur') return this.#uneFois(entree, depart, noeuds);
    // The key of the answer, not the node: two operations may share a node, by a fragment, and add their own fields to it.
    const place = `${noeud.alias?.value ?? noeud.name.value} ${marquer} ${conditionsDe(op)}`;
    const gardees = this.#trouver(contexte.droits, op.operation, place);
    const { args, forme } = lireForme(gardees.arguments, op);
    let preparee = forme === undefined ? undefined : gardees.parForme.get(forme);
    if (preparee === undefined) {
      const compile = compiler(entree, depart, noeuds);
      gardees.arguments = compile.arguments;
      preparee = nommer(compile, depart.genre === 'un');
      const lue = lireForme(compile.arguments, op);
      if (gardees.parForme.size < FORMES_MAX && lue.forme !== undefined) gardees.parForme.set(lue.forme, preparee);
      return this.#instancier(preparee, lue.args);
    }
    return this.#instancier(preparee, args);
  }

  #uneFois(entree: EntreeCompilation, depart: Depart, noeuds: readonly FieldNode[]): Instruction {
    const compile = compiler(entree, depart, noeuds);
    const { args } = lireForme(compile.arguments, entree.op);
    return this.#instancier({ ...compile, legere: false, complete: estVide(compile.suites) }, args);
  }

  #instancier({ valeurs, rangs, ...preparee }: Preparee, args: Args[]): Instruction {
    const { horloge } = this;
    const demande = {
      args,
      // Few statements ask for it.
      get maintenant() {
        return horloge.maintenant().toString();
      },
    };
    const toutes = valeurs.map((v) => v(demande) as ValeurSql);
    return { ...preparee, valeurs: rangs.map((rang) => toutes[rang] ?? null) };
  }

  #trouver(droits: Droits, operation: OperationDefinitionNode, place: string): Gardees {
    let parOperation = this.#gardees.get(droits);
    if (!parOperation) this.#gardees.set(droits, (parOperation = new WeakMap()));
    let parPlace = parOperation.get(operation);
    if (!parPlace) parOperation.set(operation, (parPlace = new Map<string, Gardees>()));
    let gardees = parPlace.get(place);
    if (!gardees) {
      gardees = { arguments: undefined, parForme: new Map() };
      if (parPlace.size < PLACES_MAX) parPlace.set(place, gardees);
    }
    return gardees;
  }
}

/** The same text has the same name for everybody: a connection prepares it once, whoever asks. */
function nommer(compile: Compile, legere: boolean): Preparee {
  const nom = `lecture_${createHash('sha256').update(compile.texte).digest('base64url').slice(0, 24)}`;
  return { ...compile, nom, legere, complete: estVide(compile.suites) };
}

type Args = Readonly<Record<string, unknown>>;

function lireForme(
  champs: Compile['arguments'] | undefined,
  op: Operation,
): { args: Args[]; forme: string | undefined } {
  if (champs === undefined) return { args: [], forme: undefined };
  const args = champs.map(({ type, noeud }) => argumentsDe(op, type, noeud));
  return { args, forme: champs.map(({ forme }, rang) => forme(args[rang] ?? {})).join(';') };
}

function conditionsDe(op: Operation): string {
  const noms = variablesDeCondition(op);
  return noms.length === 0 ? '' : JSON.stringify(noms.map((nom) => op.variables[nom]));
}
