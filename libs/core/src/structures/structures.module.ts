import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { TerritoiresModule } from '../territoires/index.js';
import { racineServices } from './service.lu.js';
import { racinesStructures } from './structure.lu.js';
import { StructureResolver } from './structure.resolver.js';
import { StructureService } from './structure.service.js';

/** Organisations, and the département's own offices. */
@Module({
  imports: [TerritoiresModule, SillageReadModule.forFeature({ racines: [...racinesStructures, racineServices] })],
  providers: [StructureService, StructureResolver],
})
export class StructuresModule {}
