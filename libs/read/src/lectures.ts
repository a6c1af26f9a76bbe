import { Coffre, type ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type FieldNode, getNamedType, type GraphQLResolveInfo, isObjectType } from 'graphql';
import type { EntityManager } from 'typeorm';
import { MANQUE } from './compilation.js';
import type { Depart, DepartParUuid, Ligne, PageSur, Racine } from './declaration.js';
import { type Instruction, Instructions } from './instructions.js';
import { releverPersonnes, TemoinDesLectures } from './lectures-nominatives.js';
import { ParAlias } from './par-alias.js';
import { RegistreLectures } from './registre.js';
import { champsChoisis, type Operation } from './selection.js';
import { completer } from './suite.js';

/** The only way to read lists: what a request selects, as one SQL statement a root field, within the caller's rights. */
@Injectable()
export class Lectures {
  /** What a root field already failed on in a request, so that the executor says it without reading again. */
  readonly #echecs = new WeakMap<ContexteActeur, Map<FieldNode, Error>>();

  constructor(
    readonly registre: RegistreLectures,
    private readonly instructions: Instructions,
    private readonly unites: UniteDeTravail,
    private readonly temoin: TemoinDesLectures,
    private readonly coffre: Coffre,
    private readonly modules: ModuleRef,
  ) {}

  /** The statement of a root field whose JSON is the answer; null when code must complete it. */
  preparerTexte(
    contexte: ContexteActeur,
    op: Operation,
    racine: Racine,
    noeuds: readonly FieldNode[],
  ): Instruction | null {
    const entree = { registre: this.registre, op, contexte, marquer: false };
    const instruction = this.instructions.preparer(entree, racine, noeuds);
    return instruction.complete ? instruction : null;
  }

  /** JSON of a prepared root field; `depart` is its name, `operation` the client's. */
  async texte(
    contexte: ContexteActeur,
    instruction: Instruction,
    { depart, operation }: { readonly depart: string; readonly operation: string | null },
  ): Promise<string> {
    const texte = (await this.unites.lireTexte(contexte.departementId, instruction)) ?? 'null';
    refuserCeQuiManque(texte, instruction);
    return this.#temoigner(contexte, texte, instruction, { depart, operation });
  }

  noterEchec(contexte: ContexteActeur, noeud: FieldNode, erreur: unknown): void {
    const echecs = this.#echecs.get(contexte) ?? new Map<FieldNode, Error>();
    this.#echecs.set(contexte, echecs.set(noeud, erreur instanceof Error ? erreur : new Error(String(erreur))));
  }

  /** A root field for graphql-js, which finishes the objects that code completed. */
  async racine(contexte: ContexteActeur, nom: string, info: GraphQLResolveInfo): Promise<unknown> {
    const [noeud] = info.fieldNodes;
    const echec = noeud && this.#echecs.get(contexte)?.get(noeud);
    if (echec !== undefined) throw echec;
    const racine = this.registre.racine(nom);
    if (racine === undefined) throw new Error(`Aucune lecture ne porte le nom « ${nom} ».`);
    return this.#lireSeul(contexte, this.#preparer(contexte, operationDe(info), racine, info.fieldNodes), info);
  }

  /** A list of an object that is not read from the database, for graphql-js. */
  async sur<O>(contexte: ContexteActeur, page: PageSur<O>, objet: O, info: GraphQLResolveInfo): Promise<unknown> {
    const liste = { ...page, ou: (l: Ligne) => page.ou(l, objet) };
    const depart: Depart = { genre: 'sur', page: liste, type: page.type, objet: info.parentType };
    return this.#lireSeul(contexte, this.#preparer(contexte, operationDe(info), depart, info.fieldNodes), info);
  }

  /**
   * An object that a mutation leaves, as its payload's field `champ` asks for it, read in the mutation's transaction.
   * Null when the caller may not read it.
   */
  async relire(
    em: EntityManager,
    contexte: ContexteActeur,
    { champ, ...objet }: Omit<DepartParUuid, 'genre'> & { readonly champ: string },
    info: GraphQLResolveInfo,
  ): Promise<ParAlias | null> {
    const charge = getNamedType(info.returnType);
    if (!isObjectType(charge)) throw new Error('Une mutation répond par un objet.');
    const op = operationDe(info);
    const demandes = champsChoisis(op, charge, info.fieldNodes).filter(({ nom }) => nom === champ);
    const lus = new Map<string, unknown>();
    for (const { cle, noeuds } of demandes) {
      lus.set(
        cle,
        await this.#lire(em, contexte, this.#preparer(contexte, op, { genre: 'parUuid', ...objet }, noeuds), info),
      );
    }
    return new ParAlias(lus);
  }

  #preparer(contexte: ContexteActeur, op: Operation, depart: Depart, noeuds: readonly FieldNode[]): Instruction {
    return this.instructions.preparer({ registre: this.registre, op, contexte, marquer: true }, depart, noeuds);
  }

  #lireSeul(contexte: ContexteActeur, instruction: Instruction, info: GraphQLResolveInfo): Promise<unknown> {
    return this.unites.lecture(contexte.departementId, (em) => this.#lire(em, contexte, instruction, info));
  }

  async #lire(
    em: EntityManager,
    contexte: ContexteActeur,
    instruction: Instruction,
    { fieldName: depart, operation }: GraphQLResolveInfo,
  ): Promise<unknown> {
    const { texte, valeurs, suites } = instruction;
    const [ligne] = await em.query<{ lu: string | null }[]>(texte, [...valeurs]);
    refuserCeQuiManque(ligne?.lu ?? null, instruction);
    const origine = { depart, operation: operation.name?.value ?? null };
    const json = ligne?.lu ? await this.#temoigner(contexte, ligne.lu, instruction, origine) : null;
    const lu: unknown = json === null ? null : JSON.parse(json);
    await completer(
      { trouver: (par) => this.modules.get(par, { strict: false }), coffre: this.coffre },
      em,
      contexte,
      Array.isArray(lu) ? lu : [lu],
      suites,
    );
    return lu;
  }

  /** Has it kept whose names the JSON holds, which is given without its marks. */
  async #temoigner(
    contexte: ContexteActeur,
    texte: string,
    { nominatifs }: Instruction,
    origine: { readonly depart: string; readonly operation: string | null },
  ): Promise<string> {
    if (nominatifs.length === 0) return texte;
    const { json, lues } = releverPersonnes(texte, nominatifs);
    if (lues.length > 0)
      await this.temoin.noter(
        contexte,
        lues.map((lue) => ({ ...origine, ...lue })),
      );
    return json;
  }
}

/** @throws Refus when the statement tells that it has not found something */
function refuserCeQuiManque(lu: string | null, { recherches }: Instruction): void {
  const manque = lu?.startsWith(MANQUE) ? recherches[Number(lu.slice(MANQUE.length))] : undefined;
  if (manque) throw manque.refus();
}

function operationDe({ schema, operation, fragments, variableValues: variables }: GraphQLResolveInfo): Operation {
  return { schema, operation, fragments, variables };
}
