import { useQuery } from "@tanstack/react-query";
import { fetchMail } from "./page.js";

/** A page's part that shows mail through TanStack Query, as any app would write it. */
export function Mail() {
	const { data = "Loading …" } = useQuery({ queryKey: ["mail"], queryFn: () => fetchMail(), staleTime: 60_000 });
	return data;
}
