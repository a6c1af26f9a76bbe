import type { Horloge } from '@sillage/kernel';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import type { PageSur, Racine, TypeLu } from './declaration.js';
import { ControleDesColonnes } from './controle-des-colonnes.js';
import { Instructions } from './instructions.js';
import { Lectures } from './lectures.js';
import { RegistreLectures } from './registre.js';
import { declarer, resolveurDeLectures, resolveurDePage } from './schema.js';

/** What a module adds to what can be read. */
export interface Declarations {
  readonly racines?: readonly Racine[];
  /** Lists on objects that are not read from the database. */
  readonly pages?: readonly PageSur[];
  /** Types that no root field names: those of an interface. */
  readonly types?: readonly TypeLu[];
}

class DeclarationsDeLecture {
  constructor(readonly declarations: Declarations) {}
}

/** Reads for the whole application: each module, the core's or a dispositif's, adds its own by `forFeature`. */
@Global()
@Module({})
export class SillageReadModule {
  static forRoot(horloge: Horloge): DynamicModule {
    return {
      module: SillageReadModule,
      imports: [DiscoveryModule],
      providers: [
        Lectures,
        ControleDesColonnes,
        { provide: Instructions, useValue: new Instructions(horloge) },
        { provide: RegistreLectures, inject: [DiscoveryService], useFactory: rassembler },
      ],
      exports: [Lectures],
    };
  }

  /** Adds types and root fields to the API: nothing else is to be written for them. */
  static forFeature(declarations: Declarations): DynamicModule {
    const { racines = [], pages = [], types = [] } = declarations;
    for (const type of types) declarer(type);
    return {
      module: class LecturesDeclarees {},
      providers: [
        { provide: Symbol('lectures'), useValue: new DeclarationsDeLecture(declarations) },
        ...(racines.length > 0 ? [resolveurDeLectures(racines)] : []),
        ...pages.map(resolveurDePage),
      ],
    };
  }
}

function rassembler(decouverte: DiscoveryService): RegistreLectures {
  const declarees = decouverte
    .getProviders()
    .map(({ instance }: { instance: unknown }) => instance)
    .filter((instance) => instance instanceof DeclarationsDeLecture)
    .map(({ declarations }) => declarations);
  return new RegistreLectures(
    declarees.flatMap(({ racines = [] }) => racines),
    declarees.flatMap(({ types = [] }) => types),
  );
}
