"""Makes the knowledge base that is shipped: the tables of this folder in, one checked file of the package out.

python -m training.knowledge
"""
