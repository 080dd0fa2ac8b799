"""The one learned recommender: candidates, a query-conditioned network, boosted trees, a blend."""
