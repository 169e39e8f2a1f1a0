import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { has } from "../../support/debian.js";

const onPath = (name: string): string | undefined =>
	[...(process.env["PATH"] ?? "").split(delimiter), "/usr/local/sbin", "/usr/sbin"]
		.map((folder) => join(folder, name))
		.find((path) => existsSync(path));

/** Debian keeps the programs of each version of Postgres in a folder of its own, and few of them on the path. */
function ofPostgres(name: string): string | undefined {
	const versions = "/usr/lib/postgresql";
	const [newest] = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
	const path = newest && join(versions, newest, "bin", name);
	return path && existsSync(path) ? path : onPath(name);
}

function find(name: string, path: () => string | undefined, debian: string): string {
	const found = has(path, debian) ? path() : undefined;
	if (!found)
		throw new Error(`There is no ${name} here, and none could be installed: install it, "${debian}" in Debian.`);
	return found;
}

/** Where a program is; installed first where that can be done. */
export const programs = {
	initdb: () => find("initdb", () => ofPostgres("initdb"), "postgresql"),
	postgres: () => find("postgres", () => ofPostgres("postgres"), "postgresql"),
	baseBackup: () => find("pg_basebackup", () => ofPostgres("pg_basebackup"), "postgresql"),
	redis: () => find("redis-server", () => onPath("redis-server"), "redis-server"),
	nginx: () => find("nginx", () => onPath("nginx"), "nginx"),
};
