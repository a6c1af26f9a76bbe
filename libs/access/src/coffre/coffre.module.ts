import { Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit } from '@nestjs/common';
import { UniteDeTravail } from '@sillage/persistence';
import { DataSource } from 'typeorm';
import { ClesMaitres } from './cles-maitres.js';
import { Coffre, type OptionsCoffre } from './coffre.js';
import { exigerClesAccessibles } from './controle-des-cles.js';

/** Gives `Coffre` to every module. Refuses to start when a stored key cannot be opened. `UniteDeTravail` comes from a global module. */
@Module({})
export class SillageCoffreModule implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unites: UniteDeTravail,
    private readonly cles: ClesMaitres,
  ) {}

  static pour(options: OptionsCoffre): DynamicModule {
    return {
      module: SillageCoffreModule,
      global: true,
      providers: [
        { provide: ClesMaitres, useValue: options.cles },
        { provide: Coffre, useValue: new Coffre(options) },
      ],
      exports: [Coffre],
    };
  }

  async onModuleInit(): Promise<void> {
    await exigerClesAccessibles(this.dataSource, this.unites, this.cles);
  }
}
